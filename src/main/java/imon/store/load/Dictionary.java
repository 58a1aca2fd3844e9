package imon.store.load;

import imon.name.Sites;
import imon.wire.Addresses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ids of names and addresses within one staging database. An IPv4 address is its own id; other
 * ids are given in the order of first use.
 */
final class Dictionary {
  /** What the name of some host of a site begins with. */
  private static final String ANY_HOST = "*.";

  private static final long FIRST_ADDRESS6 = 1L << 32;

  private final Map<String, Integer> hosts = new HashMap<>();
  private final Map<Address6, Long> addresses = new HashMap<>();
  private final List<Host> newHosts = new ArrayList<>();
  private final List<NewAddress6> newAddresses = new ArrayList<>();

  /**
   * Java takes 5 ms at first use to make what is written out here. Its order is for a map in which
   * somebody has put many that share a hash.
   */
  private record Address6(long high, long low) implements Comparable<Address6> {
    @Override
    public int compareTo(Address6 other) {
      int first = Long.compare(high, other.high);
      return first != 0 ? first : Long.compare(low, other.low);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Address6 that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(31 * high + low);
    }
  }

  /** A host that the database does not have yet; without a name it is some host of the site. */
  record Host(int id, @Nullable String name, String site) {}

  /** An IPv6 address that the database does not have yet. */
  record NewAddress6(long id, long high, long low, String ip) {}

  /** Id of a host; of some host of a site for a name like {@code *.example.org}. */
  int host(String name) {
    Integer known = hosts.get(name);
    return known != null ? known : addHost(name);
  }

  private int addHost(String name) {
    int id = hosts.size() + 1;
    hosts.put(name, id);
    newHosts.add(
        name.startsWith(ANY_HOST)
            ? new Host(id, null, Sites.siteOf(name.substring(ANY_HOST.length())))
            : new Host(id, name, Sites.siteOf(name)));
    return id;
  }

  /** Id of an address, see {@link Addresses} for the words. */
  long address(long high, long low) {
    if (Addresses.isIpv4(high, low)) {
      return low & 0xffff_ffffL;
    }
    Address6 key = new Address6(high, low);
    Long known = addresses.get(key);
    return known != null ? known : addAddress(key);
  }

  private long addAddress(Address6 key) {
    long id = FIRST_ADDRESS6 + addresses.size();
    addresses.put(key, id);
    newAddresses.add(new NewAddress6(id, key.high, key.low, Addresses.text(key.high, key.low)));
    return id;
  }

  /** How many names and addresses wait to be taken. */
  int newEntries() {
    return newHosts.size() + newAddresses.size();
  }

  /** Names given an id since the last call. */
  List<Host> takeNewHosts() {
    return taken(newHosts);
  }

  /** Addresses given an id since the last call. */
  List<NewAddress6> takeNewAddresses() {
    return taken(newAddresses);
  }

  private static <T extends @Nullable Object> List<T> taken(List<T> list) {
    List<T> copy = List.copyOf(list);
    list.clear();
    return copy;
  }
}
