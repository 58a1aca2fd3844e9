package imon.flow.option;

import imon.flow.row.Scope;
import imon.wire.AddressBlock;
import imon.wire.Addresses;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which addresses are local: the private ones of RFC 1918 and its like, and those given. */
public final class LocalNetworks {
  /** The private ones only. */
  public static final LocalNetworks PRIVATE = new LocalNetworks(List.of());

  private final List<AddressBlock> given;

  /** As {@link #given} has them; an array costs no iterator when it is asked. */
  private final AddressBlock[] blocks;

  private LocalNetworks(List<AddressBlock> given) {
    this.given = given;
    blocks = given.toArray(AddressBlock[]::new);
  }

  /** The private ones and these, each once. */
  public static LocalNetworks with(Collection<AddressBlock> blocks) {
    return new LocalNetworks(
        blocks.stream()
            .distinct()
            .sorted(
                Comparator.comparing((AddressBlock block) -> !block.isIpv4())
                    .thenComparing(AddressBlock::high, Long::compareUnsigned)
                    .thenComparing(AddressBlock::low, Long::compareUnsigned)
                    .thenComparing(AddressBlock::bits))
            .toList());
  }

  /** Those that are local beside the private ones: IPv4 first, then by address and length. */
  public List<AddressBlock> given() {
    return given;
  }

  /** Scope of a flow between two addresses; see {@link Addresses} for the words. */
  public Scope scope(long highA, long lowA, long highB, long lowB) {
    if (Scope.isMulticast(highA, lowA) || Scope.isMulticast(highB, lowB)) {
      return Scope.MULTICAST;
    }
    return isLocal(highA, lowA) && isLocal(highB, lowB) ? Scope.LOCAL : Scope.INTERNET;
  }

  /** Whether an address is local. */
  public boolean isLocal(long high, long low) {
    return isPrivate(high, low) || isGiven(high, low);
  }

  private boolean isGiven(long high, long low) {
    for (AddressBlock block : blocks) {
      if (block.contains(high, low)) {
        return true;
      }
    }
    return false;
  }

  /**
   * RFC 1918, 100.64.0.0/10 (RFC 6598), link-local (RFC 3927, RFC 4291), loopback, this host (RFC
   * 6890), and fc00::/7 (RFC 4193).
   */
  private static boolean isPrivate(long high, long low) {
    if (Addresses.isIpv4(high, low)) {
      int address = (int) low;
      return address >>> 24 == 10
          || address >>> 20 == 0xac1
          || address >>> 16 == 0xc0a8
          || address >>> 22 == (100 << 2 | 1)
          || address >>> 16 == 0xa9fe
          || address >>> 24 == 127
          || address == 0;
    }
    return high >>> 57 == 0xfc >>> 1
        || high >>> 54 == 0xfe80 >>> 6
        || (high == 0 && (low == 1 || low == 0));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LocalNetworks networks && given.equals(networks.given);
  }

  @Override
  public int hashCode() {
    return given.hashCode();
  }

  @Override
  public String toString() {
    return given.toString();
  }
}
