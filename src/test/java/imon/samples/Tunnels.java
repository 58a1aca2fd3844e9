package imon.samples;

import static imon.samples.Network.internet;

import java.util.Arrays;
import java.util.List;

/** Links whose frames carry packets inside other packets, between two gateways. */
final class Tunnels {
  private static final Host NEAR = internet("198.51.100.1");
  private static final Host FAR = internet("198.51.100.2");
  private static final Host NEAR_V6 = internet("2001:db8:1::1");
  private static final Host FAR_V6 = internet("2001:db8:1::2");
  private static final long MESH_NEAR = 0x02_00_5e_10_01_01L;
  private static final long MESH_FAR = 0x02_00_5e_10_01_02L;
  private static final int ETHERNET_HEADER = 14;
  private static final int UDP = 17;

  static final Link SNAP =
      new Link(
          1,
          (from, to, type, packet) -> {
            byte[] content = OtherLinks.snap(type, packet);
            return Frames.ethernet(from, to, lengthOrType(content.length), content);
          });

  static final Link MPLS = ethernet(0x8847, (type, packet) -> labelled(packet));
  static final Link PPPOE = ethernet(0x8864, OtherLinks::pppoe);
  static final Link PSEUDOWIRE =
      new Link(
          1,
          (from, to, type, packet) ->
              Frames.ethernet(
                  from,
                  to,
                  0x8847,
                  labelled(
                      new Octets()
                          .u32(0)
                          .bytes(Frames.ethernet(from, to, type, packet))
                          .toArray())));

  static final Link BATMAN =
      new Link(
          1, (from, to, type, packet) -> meshFrame(Tunnels.meshPacket(from, to, type, packet)));

  static final Link TRILL =
      new Link(
          1,
          (from, to, type, packet) -> {
            byte[] frame = Frames.tagged(from, to, 1, type, packet);
            byte[] header = new Octets().u16(0x0014).u32(0x0001_0002).bytes(frame).toArray();
            return Frames.ethernet(MESH_NEAR, MESH_FAR, 0x22f3, header);
          });

  static final Link GRE = inIp(47, (type, p) -> new Octets().u16(0).u16(type).bytes(p));
  static final Link GRE_WITH_ALL =
      inIp(47, (type, p) -> new Octets().u16(0xb000).u16(type).u32(0).u32(42).u32(7).bytes(p));
  static final Link NVGRE =
      frameInIp(47, frame -> new Octets().u16(0x2000).u16(0x6558).u32(0x1001_00).bytes(frame));
  static final Link PPTP =
      inIp(
          47,
          (type, p) -> {
            byte[] frame = OtherLinks.hdlcPpp(type, p);
            return new Octets()
                .u16(0x3001)
                .u16(0x880b)
                .u16(frame.length)
                .u16(9)
                .u32(1)
                .bytes(frame);
          });

  static final Link ERSPAN_1 = frameInIp(47, frame -> new Octets().u16(0).u16(0x88be).bytes(frame));
  static final Link ERSPAN_2 =
      frameInIp(
          47,
          frame ->
              new Octets().u16(0x1000).u16(0x88be).u32(1).u32(0x1001_0001).u32(0).bytes(frame));
  static final Link ERSPAN_3 =
      frameInIp(
          47,
          frame ->
              new Octets()
                  .u16(0x1000)
                  .u16(0x22eb)
                  .u32(1)
                  .u32(0x2001_0001)
                  .u32(0)
                  .u32(1)
                  .u64(0)
                  .bytes(frame));

  static final Link IP_IN_IP =
      new Link(
          1, (from, to, type, packet) -> outer(from, to, type == Frames.IPV4 ? 4 : 41, packet));
  static final Link ETHER_IP = frameInIp(97, frame -> new Octets().u16(0x3000).bytes(frame));
  static final Link L2TP_3 = frameInIp(115, frame -> new Octets().u32(3).u64(0x7e57).bytes(frame));
  static final Link L2TP =
      inDatagram(
          1701,
          (type, p) -> {
            byte[] frame = OtherLinks.hdlcPpp(type, p);
            return new Octets().u16(0x4002).u16(8 + frame.length).u32(0x0001_0002).bytes(frame);
          });

  static final Link TEREDO =
      inDatagram(3544, (type, p) -> new Octets().u16(0).u16(0xc000).u32(0x3f3f_3f3fL).bytes(p));
  static final Link VXLAN = frameInDatagram(4789, Tunnels::vxlan);
  static final Link VXLAN_OLD_PORT = frameInDatagram(8472, Tunnels::vxlan);
  static final Link VXLAN_GPE =
      inDatagram(
          4790,
          (type, p) ->
              new Octets()
                  .u32(type == Frames.IPV4 ? 0x0c00_0001 : 0x0c00_0002)
                  .u32(42 << 8)
                  .bytes(p));

  static final Link GENEVE =
      frameInDatagram(
          6081,
          frame -> new Octets().u16(0x0200).u16(0x6558).u32(42 << 8).u32(1).u32(0).bytes(frame));
  static final Link GTP =
      inDatagram(
          2152,
          (type, p) ->
              new Octets()
                  .u16(0x34ff)
                  .u16(p.length + 8)
                  .u32(42)
                  .u24(0)
                  .u8(0x85)
                  .u32(0x0110_0100)
                  .bytes(p));
  static final Link GTP_0 =
      inDatagram(
          3386,
          (type, p) ->
              new Octets()
                  .u16(0x1eff)
                  .u16(p.length)
                  .u32(0x0007_0042)
                  .u32(0xffff_ffffL)
                  .u64(0x2143_6587_0921_4305L)
                  .bytes(p));
  static final Link MPLS_IN_IP = inIp(137, (type, p) -> new Octets().bytes(labelled(p)));
  static final Link L2TP_3_IN_UDP =
      frameInDatagram(1701, frame -> new Octets().u32(0x0003_0000).u32(3).bytes(frame));
  static final Link MPLS_IN_UDP = inDatagram(6635, (type, p) -> new Octets().bytes(labelled(p)));
  static final Link GUE =
      inDatagram(
          6080, (type, p) -> new Octets().u8(0).u8(type == Frames.IPV4 ? 4 : 41).u16(0).bytes(p));
  static final Link CAPWAP =
      new Link(
          1,
          (from, to, type, packet) ->
              datagram(
                  from,
                  to,
                  5247,
                  new Octets()
                      .u32(0x0010_0300)
                      .u32(0)
                      .bytes(OtherLinks.wlan(from, to, type, packet))
                      .toArray()));
  static final Link TZSP =
      frameInDatagram(37008, frame -> new Octets().u32(0x0100_0001).u8(1).bytes(frame));

  static final Link LISP =
      inDatagram(4341, (type, p) -> new Octets().u32(0xc012_3456L).u32(1).bytes(p));
  static final Link GRE_IN_UDP =
      inDatagram(4754, (type, p) -> new Octets().u16(0).u16(type).bytes(p));

  /** GRE in IPv6 in VXLAN in Ethernet with a tag. */
  static final Link NESTED =
      new Link(
          1,
          (from, to, type, packet) -> {
            byte[] gre = new Octets().u16(0).u16(type).bytes(packet).toArray();
            byte[] ip = IpPackets.around(NEAR_V6, FAR_V6, 47, gre);
            byte[] frame = Frames.tagged(from, to, 42, Frames.IPV6, ip);
            return datagram(from, to, 4789, vxlan(frame).toArray());
          });

  private Tunnels() {}

  /** Puts a header before a packet of this EtherType. */
  private interface Header {
    Octets before(int etherType, byte[] packet);
  }

  /** Makes of a packet of this EtherType what a frame carries. */
  private interface Content {
    byte[] of(int etherType, byte[] packet);
  }

  /** Puts a header before a frame. */
  private interface FrameHeader {
    Octets before(byte[] frame);
  }

  /** A packet of batman-adv to one node, back with the address of who sent it. */
  static byte[] meshPacket(long from, long to, int etherType, byte[] packet) {
    boolean up = from == Network.LAPTOP_MAC;
    Octets mesh = new Octets().u8(up ? 0x40 : 0x42).u8(15).u8(50).u8(7).u48(MESH_FAR);
    if (!up) {
      mesh.u48(MESH_NEAR).u16(0x0100);
    }
    return mesh.bytes(Frames.ethernet(from, to, etherType, packet)).toArray();
  }

  /** What such a frame carries in two fragments, the second with so many bytes of its end. */
  static List<byte[]> meshFragments(byte[] frame, int end, int number) {
    byte[] start = Arrays.copyOfRange(frame, ETHERNET_HEADER, frame.length - end);
    byte[] rest = Arrays.copyOfRange(frame, frame.length - end, frame.length);
    int size = start.length + rest.length;
    return List.of(meshFragment(1, number, size, start), meshFragment(0, number, size, rest));
  }

  private static byte[] meshFragment(int part, int number, int size, byte[] piece) {
    return meshFrame(
        new Octets()
            .u24(0x410f32)
            .u8(part << 4)
            .u48(MESH_FAR)
            .u48(MESH_NEAR)
            .u16(number)
            .u16(size)
            .bytes(piece)
            .toArray());
  }

  private static byte[] meshFrame(byte[] mesh) {
    return Frames.ethernet(MESH_NEAR, MESH_FAR, 0x4305, mesh);
  }

  private static Octets vxlan(byte[] frame) {
    return new Octets().u32(0x0800_0000).u32(42 << 8).bytes(frame);
  }

  /** A length above 802.3's largest is told by a type of its own (Jumbo LLC). */
  private static int lengthOrType(int length) {
    return length <= 1500 ? length : 0x8870;
  }

  private static byte[] labelled(byte[] packet) {
    return new Octets().u32(0x0001_0040).u32(0x0001_1140).bytes(packet).toArray();
  }

  private static Link ethernet(int outerType, Content content) {
    return new Link(
        1,
        (from, to, type, packet) -> Frames.ethernet(from, to, outerType, content.of(type, packet)));
  }

  private static Link inIp(int protocol, Header header) {
    return new Link(
        1,
        (from, to, type, packet) ->
            outer(from, to, protocol, header.before(type, packet).toArray()));
  }

  private static Link frameInIp(int protocol, FrameHeader header) {
    return new Link(
        1,
        (from, to, type, packet) ->
            outer(
                from,
                to,
                protocol,
                header.before(Frames.ethernet(from, to, type, packet)).toArray()));
  }

  private static Link inDatagram(int port, Header header) {
    return new Link(
        1,
        (from, to, type, packet) ->
            datagram(from, to, port, header.before(type, packet).toArray()));
  }

  private static Link frameInDatagram(int port, FrameHeader header) {
    return new Link(
        1,
        (from, to, type, packet) ->
            datagram(
                from, to, port, header.before(Frames.ethernet(from, to, type, packet)).toArray()));
  }

  private static byte[] datagram(long from, long to, int port, byte[] payload) {
    boolean up = from == Network.LAPTOP_MAC;
    Host source = up ? NEAR : FAR;
    Host destination = up ? FAR : NEAR;
    byte[] message = Transports.udp(source.port(port), destination.port(port), payload);
    return outer(from, to, UDP, message);
  }

  private static byte[] outer(long from, long to, int protocol, byte[] message) {
    boolean up = from == Network.LAPTOP_MAC;
    byte[] packet = IpPackets.around(up ? NEAR : FAR, up ? FAR : NEAR, protocol, message);
    return Frames.ethernet(from, to, Frames.IPV4, packet);
  }
}
