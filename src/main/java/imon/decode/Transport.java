package imon.decode;

import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.wire.Bytes;
import imon.wire.IcmpMessage;
import imon.wire.IpProtocol;
import imon.wire.TcpSegment;
import imon.wire.UdpDatagram;
import org.jspecify.annotations.Nullable;

/**
 * The transport header of one packet: ports, and what it carries. A header that is cut or bad
 * leaves an empty payload.
 */
final class Transport {
  private final AnomalyCounts anomalies;
  private final TcpSegment tcp = new TcpSegment();
  private final UdpDatagram udp = new UdpDatagram();
  private final IcmpMessage icmp = new IcmpMessage();

  private byte[] buffer = new byte[0];
  private long packetNumber;
  private boolean counting;
  private boolean ported;
  private int sourcePort;
  private int destinationPort;
  private boolean segment;
  private boolean datagram;
  private boolean echoRequest;
  private boolean echoReply;
  private int payload;
  private int payloadLimit;

  Transport(AnomalyCounts anomalies) {
    this.anomalies = anomalies;
  }

  /** There is no header in this packet, and nothing up to {@code limit}. */
  void skip(int limit) {
    clear();
    payload = limit;
    payloadLimit = limit;
  }

  /**
   * Reads the header at {@code start}.
   *
   * @param counts whether what is odd is to be counted
   */
  void read(byte[] packet, int protocol, int start, int limit, long number, boolean counts) {
    clear();
    buffer = packet;
    packetNumber = number;
    counting = counts;
    payload = start;
    payloadLimit = limit;
    switch (protocol) {
      case IpProtocol.TCP -> readTcp(start);
      case IpProtocol.UDP -> readUdp(start);
      case IpProtocol.ICMP -> readIcmp(start, false);
      case IpProtocol.ICMPV6 -> readIcmp(start, true);
      default -> readPorts(protocol, start);
    }
  }

  private void clear() {
    ported = false;
    segment = false;
    datagram = false;
    echoRequest = false;
    echoReply = false;
    sourcePort = 0;
    destinationPort = 0;
  }

  /** Ports are kept even when the rest of the header is cut or bad. */
  private void readPorts(int protocol, int header) {
    if (IpProtocol.hasPorts(protocol) && header + 4 <= payloadLimit) {
      ported = true;
      sourcePort = Bytes.u16(buffer, header);
      destinationPort = Bytes.u16(buffer, header + 2);
    }
  }

  private void readTcp(int header) {
    readPorts(IpProtocol.TCP, header);
    if (isSound(tcp.wrap(buffer, header, payloadLimit))) {
      segment = true;
      payload = tcp.payload();
    }
  }

  private void readUdp(int header) {
    readPorts(IpProtocol.UDP, header);
    if (isSound(udp.wrap(buffer, header, payloadLimit))) {
      datagram = true;
      payload = udp.payload();
      payloadLimit = udp.payloadLimit();
    }
  }

  private void readIcmp(int header, boolean version6) {
    if (isSound(icmp.wrap(buffer, header, payloadLimit, version6)) && icmp.isEcho()) {
      echoRequest = icmp.isEchoRequest();
      echoReply = !echoRequest;
      sourcePort = icmp.identifier();
      destinationPort = sourcePort;
    }
  }

  private boolean isSound(@Nullable Anomaly anomaly) {
    if (anomaly != null) {
      if (counting) {
        anomalies.count(anomaly, packetNumber);
      }
      payload = payloadLimit;
    }
    return anomaly == null;
  }

  boolean isPorted() {
    return ported;
  }

  int sourcePort() {
    return sourcePort;
  }

  int destinationPort() {
    return destinationPort;
  }

  boolean isEchoRequest() {
    return echoRequest;
  }

  boolean isEchoReply() {
    return echoReply;
  }

  @Nullable TcpSegment tcp() {
    return segment ? tcp : null;
  }

  @Nullable UdpDatagram udp() {
    return datagram ? udp : null;
  }

  int payload() {
    return payload;
  }

  int payloadLimit() {
    return payloadLimit;
  }
}
