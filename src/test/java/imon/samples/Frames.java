package imon.samples;

/** Frames of the link layers, each around one packet of the network layer. */
final class Frames {
  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86dd;
  static final int ARP = 0x0806;
  static final int LLDP = 0x88cc;
  static final long BROADCAST = 0xffff_ffff_ffffL;
  private static final int CUSTOMER_TAG = 0x8100;
  private static final int SERVICE_TAG = 0x88a8;
  private static final int ARPHRD_ETHER = 1;
  private static final int SMALLEST_ETHERNET = 60;

  private Frames() {}

  /** An Ethernet frame without its check sequence, padded to the smallest size. */
  static byte[] ethernet(long from, long to, int etherType, byte[] packet) {
    Octets frame = new Octets().u48(to).u48(from).u16(etherType).bytes(packet);
    return frame.zeros(Math.max(0, SMALLEST_ETHERNET - frame.length())).toArray();
  }

  /** An Ethernet frame with one 802.1Q tag. */
  static byte[] tagged(long from, long to, int vlan, int etherType, byte[] packet) {
    return ethernet(from, to, CUSTOMER_TAG, tagContent(vlan, etherType, packet));
  }

  /** An Ethernet frame with an 802.1ad service tag and an 802.1Q tag in it. */
  static byte[] doublyTagged(
      long from, long to, int service, int vlan, int etherType, byte[] packet) {
    byte[] inner = tagContent(vlan, etherType, packet);
    return ethernet(from, to, SERVICE_TAG, tagContent(service, CUSTOMER_TAG, inner));
  }

  /** Linux cooked capture, version 1 (LINKTYPE_LINUX_SLL). */
  static byte[] cooked(long from, long to, int etherType, byte[] packet) {
    return new Octets()
        .u16(cookedType(to))
        .u16(ARPHRD_ETHER)
        .u16(6)
        .u48(from)
        .u16(0)
        .u16(etherType)
        .bytes(packet)
        .toArray();
  }

  /** Linux cooked capture, version 2 (LINKTYPE_LINUX_SLL2), of the interface with index 2. */
  static byte[] cookedTwo(long from, long to, int etherType, byte[] packet) {
    return new Octets()
        .u16(etherType)
        .u16(0)
        .u32(2)
        .u16(ARPHRD_ETHER)
        .u8(cookedType(to))
        .u8(6)
        .u48(from)
        .u16(0)
        .bytes(packet)
        .toArray();
  }

  /** An ARP request or reply for IPv4 over Ethernet (RFC 826). */
  static byte[] arp(boolean request, Host sender, Host target) {
    byte[] message =
        new Octets()
            .u16(1)
            .u16(IPV4)
            .u8(6)
            .u8(4)
            .u16(request ? 1 : 2)
            .u48(sender.mac())
            .bytes(sender.octets())
            .u48(request ? 0 : target.mac())
            .bytes(target.octets())
            .toArray();
    return ethernet(sender.mac(), request ? BROADCAST : target.mac(), ARP, message);
  }

  /** A link layer discovery announcement (IEEE 802.1AB): chassis, port, time to live, end. */
  static byte[] lldp(long from) {
    byte[] message =
        new Octets()
            .u16(1 << 9 | 7)
            .u8(4)
            .u48(from)
            .u16(2 << 9 | 5)
            .u8(7)
            .text("lan1")
            .u16(3 << 9 | 2)
            .u16(120)
            .u16(0)
            .toArray();
    return ethernet(from, 0x0180_c200_000eL, LLDP, message);
  }

  private static byte[] tagContent(int vlan, int etherType, byte[] packet) {
    return new Octets().u16(vlan).u16(etherType).bytes(packet).toArray();
  }

  private static int cookedType(long to) {
    if (to == BROADCAST) {
      return 1;
    }
    boolean multicast = (to >>> 40 & 1) == 1;
    return multicast ? 2 : 0;
  }
}
