package imon.decode;

import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import imon.wire.IpProtocol;
import imon.wire.UdpDatagram;
import imon.wire.link.EthernetFrame;
import imon.wire.link.MplsStack;
import imon.wire.tunnel.CapwapHeader;
import imon.wire.tunnel.ErspanHeader;
import imon.wire.tunnel.EtherIpHeader;
import imon.wire.tunnel.GeneveHeader;
import imon.wire.tunnel.GreHeader;
import imon.wire.tunnel.GtpHeader;
import imon.wire.tunnel.GueHeader;
import imon.wire.tunnel.L2tpHeader;
import imon.wire.tunnel.L2tpSession;
import imon.wire.tunnel.LispHeader;
import imon.wire.tunnel.TeredoPacket;
import imon.wire.tunnel.TzspHeader;
import imon.wire.tunnel.VxlanHeader;
import org.jspecify.annotations.Nullable;

/** Opens the tunnel headers that stand right behind an IP header, or behind IP and UDP. */
final class TunnelWalk {
  private static final int VXLAN = 4789;
  private static final int VXLAN_EXTENDED = 4790;
  private static final int VXLAN_LINUX = 8472;
  private static final int GENEVE = 6081;
  private static final int GTP_U = 2152;
  private static final int GTP_0 = 3386;
  private static final int MPLS = 6635;
  private static final int GUE = 6080;
  private static final int TZSP = 37008;
  private static final int L2TP = 1701;
  private static final int TEREDO = 3544;
  private static final int CAPWAP = 5247;
  private static final int LISP = 4341;
  private static final int GRE_IN_UDP = 4754;

  /** One bit for each port: most datagrams have none of these, and that must be seen fast. */
  private static final long[] PORTS =
      bits(
          VXLAN,
          VXLAN_EXTENDED,
          VXLAN_LINUX,
          GENEVE,
          GTP_U,
          GTP_0,
          MPLS,
          GUE,
          TZSP,
          L2TP,
          TEREDO,
          CAPWAP,
          LISP,
          GRE_IN_UDP);

  private final UdpDatagram udp = new UdpDatagram();
  private final GreHeader gre = new GreHeader();
  private final ErspanHeader erspan = new ErspanHeader();
  private final EtherIpHeader etherIp = new EtherIpHeader();
  private final EthernetFrame ethernet = new EthernetFrame();
  private final L2tpSession l2tpSession = new L2tpSession();
  private final L2tpHeader l2tp = new L2tpHeader();
  private final TeredoPacket teredo = new TeredoPacket();
  private final VxlanHeader vxlan = new VxlanHeader();
  private final GeneveHeader geneve = new GeneveHeader();
  private final GtpHeader gtp = new GtpHeader();
  private final MplsStack mpls = new MplsStack();
  private final GueHeader gue = new GueHeader();
  private final CapwapHeader capwap = new CapwapHeader();
  private final TzspHeader tzsp = new TzspHeader();
  private final LispHeader lisp = new LispHeader();

  private int wireLimit;

  /** The header of the tunnel that an IP protocol is, not wrapped yet; or null. */
  @Nullable Encapsulation ofProtocol(int protocol) {
    return switch (protocol) {
      case IpProtocol.GRE -> gre;
      case IpProtocol.ETHER_IP -> etherIp;
      case IpProtocol.ETHERNET -> ethernet;
      case IpProtocol.L2TP -> l2tpSession;
      case IpProtocol.MPLS -> mpls;
      default -> null;
    };
  }

  /** The header of the tunnel that seems to be in a UDP datagram, wrapped; or null. */
  @Nullable Encapsulation inDatagram(byte[] buffer, int start, int limit) {
    if (!mayHoldTunnel(buffer, start, limit) || udp.wrap(buffer, start, limit) != null) {
      return null;
    }
    Encapsulation header = ofPorts(udp.sourcePort(), udp.destinationPort());
    if (header == null || header.wrap(buffer, udp.payload(), udp.payloadLimit()) != null) {
      return null;
    }
    wireLimit = udp.wireLimit();
    return header;
  }

  private static boolean mayHoldTunnel(byte[] buffer, int start, int limit) {
    return start + 4 <= limit
        && (isIn(PORTS, Bytes.u16(buffer, start)) || isIn(PORTS, Bytes.u16(buffer, start + 2)));
  }

  private static long[] bits(int... ports) {
    long[] bits = new long[1 << 10];
    for (int port : ports) {
      bits[port >> 6] |= 1L << port;
    }
    return bits;
  }

  private static boolean isIn(long[] bits, int port) {
    return (bits[port >> 6] >>> port & 1) != 0;
  }

  /** Where the datagram of {@link #inDatagram} ended on the wire, as far as it says. */
  int wireLimit() {
    return wireLimit;
  }

  /** ERSPAN stands in GRE only: it is a part of that tunnel. */
  @Nullable Encapsulation ofEtherType(int etherType) {
    return etherType == EtherType.ERSPAN || etherType == EtherType.ERSPAN_3 ? erspan : null;
  }

  /** Tunnels whose far end answers from any port are known by the destination only. */
  private @Nullable Encapsulation ofPorts(int source, int destination) {
    return switch (destination) {
      case VXLAN, VXLAN_EXTENDED, VXLAN_LINUX -> vxlan;
      case GENEVE -> geneve;
      case GTP_U, GTP_0 -> gtp;
      case MPLS -> mpls;
      case GUE -> gue;
      case TZSP -> tzsp;
      case LISP -> lisp;
      case GRE_IN_UDP -> gre;
      case L2TP -> l2tp;
      case TEREDO -> teredo;
      case CAPWAP -> capwap;
      default -> ofSourcePort(source);
    };
  }

  private @Nullable Encapsulation ofSourcePort(int source) {
    return switch (source) {
      case L2TP -> l2tp;
      case TEREDO -> teredo;
      case CAPWAP -> capwap;
      default -> null;
    };
  }
}
