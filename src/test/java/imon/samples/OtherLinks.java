package imon.samples;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Links beside Ethernet: serial lines, radio, and what capturing programs put before packets. */
final class OtherLinks {
  static final Link PPP = new Link(9, (from, to, type, packet) -> ppp(type, packet));
  static final Link PPP_HDLC = new Link(50, (from, to, type, packet) -> hdlcPpp(type, packet));
  static final Link PPPOE = new Link(51, (from, to, type, packet) -> pppoe(type, packet));
  static final Link PPP_WITH_DIRECTION = new Link(204, OtherLinks::directed);
  static final Link CISCO_HDLC = new Link(104, OtherLinks::ciscoHdlc);
  static final Link FRAME_RELAY =
      new Link(107, (from, to, type, packet) -> frameRelay(type, packet));
  static final Link INFINIBAND =
      new Link(242, (from, to, type, packet) -> infiniband(type, packet));
  static final Link SWITCH_TAG = new Link(284, OtherLinks::switchTag);
  static final Link JUNOS = new Link(178, OtherLinks::junos);
  static final Link WLAN = new Link(105, OtherLinks::wlan);
  static final Link WLAN_AGGREGATED = new Link(105, OtherLinks::aggregated);
  static final Link PRISM = new Link(119, OtherLinks::prism);
  static final Link RADIOTAP = new Link(127, OtherLinks::radiotap);
  static final Link AVS = new Link(163, OtherLinks::avs);
  static final Link PPI = new Link(192, OtherLinks::ppi);
  static final Link PFLOG = new Link(117, OtherLinks::pflog);
  static final Link NFLOG = new Link(239, OtherLinks::nflog);
  static final Link IPNET = new Link(226, OtherLinks::ipnet);
  static final Link PKTAP = new Link(258, OtherLinks::pktap);
  static final Link PKTAP_UNDER_USER_2 = new Link(149, OtherLinks::pktap);
  static final Link FDDI = new Link(10, OtherLinks::fddi);
  static final Link TOKEN_RING = new Link(6, OtherLinks::tokenRing);
  static final Link SLIP = new Link(8, OtherLinks::slip);
  static final Link MULTILINK = new Link(9, OtherLinks::multilink);
  private static final int CAPTURED_BY_DRIVER = 68;
  private static final int WLAN_HEADER = 26;
  private static final int SEQUENCE = 22;
  private static final int MORE_FRAGMENTS = 0x04;

  private OtherLinks() {}

  /** A PPP frame without address and control. */
  static byte[] ppp(int etherType, byte[] packet) {
    return new Octets().u16(etherType == Frames.IPV4 ? 0x0021 : 0x0057).bytes(packet).toArray();
  }

  /** A PPP frame in HDLC-like framing. */
  static byte[] hdlcPpp(int etherType, byte[] packet) {
    return new Octets().u16(0xff03).bytes(ppp(etherType, packet)).toArray();
  }

  /** A PPPoE session frame, without the Ethernet header. */
  static byte[] pppoe(int etherType, byte[] packet) {
    return new Octets().u16(0x1100).u16(7).counted16(ppp(etherType, packet)).toArray();
  }

  /** An LLC and a SNAP header. */
  static byte[] snap(int etherType, byte[] packet) {
    return new Octets().u24(0xaaaa03).u24(0).u16(etherType).bytes(packet).toArray();
  }

  private static byte[] directed(long from, long to, int etherType, byte[] packet) {
    int sent = from == Network.LAPTOP_MAC ? 1 : 0;
    return new Octets().u8(sent).bytes(hdlcPpp(etherType, packet)).toArray();
  }

  private static byte[] ciscoHdlc(long from, long to, int etherType, byte[] packet) {
    return new Octets().u16(0x0f00).u16(etherType).bytes(packet).toArray();
  }

  private static byte[] frameRelay(int etherType, byte[] packet) {
    int protocol = etherType == Frames.IPV4 ? 0xcc : 0x8e;
    return new Octets().u16(0x1841).u8(0x03).u8(protocol).bytes(packet).toArray();
  }

  private static byte[] infiniband(int etherType, byte[] packet) {
    return new Octets().zeros(40).u16(etherType).u16(0).bytes(packet).toArray();
  }

  private static byte[] switchTag(long from, long to, int etherType, byte[] packet) {
    return new Octets().u48(to).u48(from).u32(0xc00a0000L).u16(etherType).bytes(packet).toArray();
  }

  /** With the extension that says which interface it was. */
  private static byte[] junos(long from, long to, int etherType, byte[] packet) {
    return new Octets()
        .u24(0x4d4743)
        .u8(0x81)
        .u16(4)
        .u16(0x0102)
        .u16(0x008c)
        .bytes(Frames.ethernet(from, to, etherType, packet))
        .toArray();
  }

  private static byte[] fddi(long from, long to, int etherType, byte[] packet) {
    byte[] data = snap(etherType, packet);
    return new Octets().u8(0x50).u48(to).u48(from).bytes(data).toArray();
  }

  /** What comes to the laptop was given a route over two bridges. */
  private static byte[] tokenRing(long from, long to, int etherType, byte[] packet) {
    boolean up = from == Network.LAPTOP_MAC;
    Octets frame = new Octets().u16(0x1040).u48(to).u48(up ? from : from | 0x8000_0000_0000L);
    if (!up) {
      frame.u16(0x0830).u48(0x0011_0022_0030L);
    }
    return frame.bytes(snap(etherType, packet)).toArray();
  }

  /** Packets of a bundle that are no fragments, with long headers up and short ones down. */
  private static byte[] multilink(long from, long to, int etherType, byte[] packet) {
    Octets header = new Octets().u24(0xff0300).u8(0x3d);
    header = from == Network.LAPTOP_MAC ? header.u32(0xc000_0007L) : header.u16(0xc007);
    return header.bytes(ppp(etherType, packet)).toArray();
  }

  /** With the kind of compression, and what was compressed of the header. */
  private static byte[] slip(long from, long to, int etherType, byte[] packet) {
    int sent = from == Network.LAPTOP_MAC ? 1 : 0;
    return new Octets().u8(sent).u8(0x40).zeros(14).bytes(packet).toArray();
  }

  /** A data frame with QoS, up from a station or down to it. */
  static byte[] wlan(long from, long to, int etherType, byte[] packet) {
    byte[] data = snap(etherType, packet);
    return dataFrame(from, to, 0).bytes(data).toArray();
  }

  private static Octets dataFrame(long from, long to, int qos) {
    boolean up = from == Network.LAPTOP_MAC;
    return new Octets()
        .u8(0x88)
        .u8(up ? 0x01 : 0x02)
        .u16(0)
        .u48(up ? Network.ROUTER_MAC : to)
        .u48(up ? from : Network.ROUTER_MAC)
        .u48(up ? to : from)
        .u16(0x1000)
        .u8(qos)
        .u8(0);
  }

  /** A data frame in two fragments, the second with so many bytes of its end. */
  static List<byte[]> wlanFragments(byte[] frame, int end) {
    byte[] header = Arrays.copyOf(frame, WLAN_HEADER);
    byte[] start = Arrays.copyOfRange(frame, WLAN_HEADER, frame.length - end);
    byte[] rest = Arrays.copyOfRange(frame, frame.length - end, frame.length);
    byte[] later = header.clone();
    header[1] |= MORE_FRAGMENTS;
    later[SEQUENCE]++;
    return List.of(Octets.concat(header, start), Octets.concat(later, rest));
  }

  /** An aggregate of one subframe. */
  private static byte[] aggregated(long from, long to, int etherType, byte[] packet) {
    byte[] data = snap(etherType, packet);
    return dataFrame(from, to, 0x80).u48(to).u48(from).counted16(data).padTo(4).toArray();
  }

  private static byte[] prism(long from, long to, int etherType, byte[] packet) {
    return new Octets(ByteOrder.LITTLE_ENDIAN)
        .u32(CAPTURED_BY_DRIVER)
        .u32(144)
        .text("wlan0")
        .zeros(131)
        .bytes(wlan(from, to, etherType, packet))
        .toArray();
  }

  /** With a timestamp, and flags that tell of padding and of a check sequence. */
  private static byte[] radiotap(long from, long to, int etherType, byte[] packet) {
    byte[] data = snap(etherType, packet);
    return new Octets(ByteOrder.LITTLE_ENDIAN)
        .u16(0)
        .u16(18)
        .u32(7)
        .u64(1_000_000)
        .u8(0x30)
        .u8(12)
        .bytes(dataFrame(from, to, 0).zeros(2).toArray())
        .bytes(data)
        .u32(0xdeadbeefL)
        .toArray();
  }

  private static byte[] avs(long from, long to, int etherType, byte[] packet) {
    return new Octets()
        .u32(0x80211001L)
        .u32(64)
        .zeros(56)
        .bytes(wlan(from, to, etherType, packet))
        .toArray();
  }

  private static byte[] ppi(long from, long to, int etherType, byte[] packet) {
    return new Octets(ByteOrder.LITTLE_ENDIAN)
        .u16(0)
        .u16(32)
        .u32(WLAN.type())
        .u16(2)
        .u16(20)
        .zeros(20)
        .bytes(wlan(from, to, etherType, packet))
        .toArray();
  }

  private static byte[] pflog(long from, long to, int etherType, byte[] packet) {
    return new Octets()
        .u8(61)
        .u8(etherType == Frames.IPV4 ? 2 : 24)
        .u16(0)
        .text("em0")
        .zeros(57)
        .bytes(packet)
        .toArray();
  }

  private static byte[] nflog(long from, long to, int etherType, byte[] packet) {
    return new Octets(ByteOrder.LITTLE_ENDIAN)
        .u8(etherType == Frames.IPV4 ? 2 : 10)
        .u8(0)
        .u16(0)
        .u16(8)
        .u16(1)
        .u8(etherType >> 8)
        .u8(etherType & 0xff)
        .u16(1)
        .u16(4 + packet.length)
        .u16(9)
        .bytes(packet)
        .padTo(4)
        .toArray();
  }

  private static byte[] ipnet(long from, long to, int etherType, byte[] packet) {
    return new Octets()
        .u8(1)
        .u8(etherType == Frames.IPV4 ? 2 : 26)
        .u16(0)
        .u32(packet.length)
        .u32(2)
        .zeros(12)
        .bytes(packet)
        .toArray();
  }

  private static byte[] pktap(long from, long to, int etherType, byte[] packet) {
    return new Octets(ByteOrder.LITTLE_ENDIAN)
        .u32(108)
        .u32(1)
        .u32(1)
        .text("en0")
        .zeros(93)
        .bytes(Frames.ethernet(from, to, etherType, packet))
        .toArray();
  }
}
