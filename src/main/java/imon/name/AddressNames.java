package imon.name;

import imon.wire.Addresses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of addresses as a list outside of packets gives them: a hosts file, or a capture's name
 * resolution blocks. Each name of an address is kept once. What can name no server is left out: the
 * unspecified address (with it, hosts files block names), loopback addresses, and {@code
 * localhost}.
 */
public final class AddressNames {
  private static final int IPV4_LOOPBACK_NET = 127;

  /** Names most addresses have, at most. */
  private static final int FEW = 2;

  private final Map<Addresses.Words, Set<String>> names = new LinkedHashMap<>();
  private final HostForm form = new HostForm();
  private int size;

  /**
   * One name of one address (two words, see {@link Addresses}).
   *
   * @param name in the normal form of {@link NameTable}
   * @param place 0 for the name that the list gives this address first, 1 for the next; the lower,
   *     the better, as the first is the one its writer prefers
   */
  public record Entry(long high, long low, String name, int place) {}

  /** Adds a name; false when {@code text} is no host name. */
  public boolean add(long high, long low, String text) {
    String name = normal(text);
    if (name == null) {
      return false;
    }
    if (namesServers(high, low) && !Sites.isLocalhost(name)) {
      Addresses.Words address = new Addresses.Words(high, low);
      boolean added = names.computeIfAbsent(address, a -> new LinkedHashSet<>(FEW)).add(name);
      size += added ? 1 : 0;
    }
    return true;
  }

  /** How many entries there are. */
  public int size() {
    return size;
  }

  /** All names, those of one address together. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(size);
    names.forEach(
        (address, ofAddress) -> {
          int place = 0;
          for (String name : ofAddress) {
            entries.add(new Entry(address.high(), address.low(), name, place++));
          }
        });
    return entries;
  }

  /** A colon would begin a port, which no list of names has. */
  private @Nullable String normal(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (text.indexOf(':') >= 0 || !form.readText(bytes, 0, bytes.length)) {
      return null;
    }
    return form.isAscii() ? form.text() : InternationalHost.toAscii(form);
  }

  private static boolean namesServers(long high, long low) {
    if (Addresses.isIpv4(high, low)) {
      int address = (int) low;
      return address != 0 && address >>> 24 != IPV4_LOOPBACK_NET;
    }
    return high != 0 || (low != 0 && low != 1);
  }
}
