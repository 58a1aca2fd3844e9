package imon.wire;

/** EtherType values of the IEEE registry that imon opens. */
public final class EtherType {
  public static final int IPV4 = 0x0800;
  public static final int IPV6 = 0x86dd;

  /** Anything smaller is the length of an 802.3 frame. */
  public static final int SMALLEST = 1536;

  private static final int VLAN = 0x8100;
  private static final int PROVIDER_VLAN = 0x88a8;
  private static final int OLD_DOUBLE_VLAN = 0x9100;

  private EtherType() {}

  /** Whether four bytes of VLAN tag begin here (802.1Q, 802.1ad, and its forerunner). */
  public static boolean isVlanTag(int etherType) {
    return etherType == VLAN || etherType == PROVIDER_VLAN || etherType == OLD_DOUBLE_VLAN;
  }
}
