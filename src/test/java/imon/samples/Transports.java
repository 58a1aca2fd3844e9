package imon.samples;

/** TCP segments, UDP datagrams and ICMP messages with their checksums. */
final class Transports {
  static final int FIN = 0x01;
  static final int SYN = 0x02;
  static final int RST = 0x04;
  static final int PSH = 0x08;
  static final int ACK = 0x10;

  private static final int WINDOW = 64240;
  private static final int TCP_CHECKSUM_AT = 16;
  private static final int UDP_CHECKSUM_AT = 6;
  private static final int ICMP_CHECKSUM_AT = 2;

  private Transports() {}

  /** Sequence number, acknowledgement number and flags of a segment (RFC 9293, section 3.1). */
  record Control(long sequence, long acknowledgement, int flags) {}

  /** A segment; one with SYN carries the options of a present-day system. */
  static byte[] tcp(Endpoint from, Endpoint to, Control control, byte[] data) {
    byte[] options = (control.flags() & SYN) == 0 ? new byte[0] : synOptions(from.host());
    int headerWords = 5 + options.length / 4;
    byte[] segment =
        new Octets()
            .u16(from.port())
            .u16(to.port())
            .u32(control.sequence())
            .u32(control.acknowledgement())
            .u8(headerWords << 4)
            .u8(control.flags())
            .u16(WINDOW)
            .u32(0)
            .bytes(options)
            .bytes(data)
            .toArray();
    return sealed(segment, TCP_CHECKSUM_AT, from, to, Protocol.TCP);
  }

  static byte[] udp(Endpoint from, Endpoint to, byte[] data) {
    byte[] datagram =
        new Octets()
            .u16(from.port())
            .u16(to.port())
            .u16(8 + data.length)
            .u16(0)
            .bytes(data)
            .toArray();
    return sealed(datagram, UDP_CHECKSUM_AT, from, to, Protocol.UDP);
  }

  /** An echo message (RFC 792, RFC 4443): {@code identifier} is what tells its flow. */
  static byte[] echo(
      Endpoint from, Endpoint to, boolean request, int identifier, int sequence, byte[] data) {
    boolean v4 = from.host().isV4();
    int type = v4 ? (request ? 8 : 0) : (request ? 128 : 129);
    byte[] message =
        new Octets().u8(type).u24(0).u16(identifier).u16(sequence).bytes(data).toArray();
    return v4
        ? Checksum.put(message, ICMP_CHECKSUM_AT, Checksum.of(message))
        : sealed(message, ICMP_CHECKSUM_AT, from, to, Protocol.ICMPV6);
  }

  /** A router advertisement without options (RFC 4861, section 4.2). */
  static byte[] routerAdvertisement(Endpoint from, Endpoint to) {
    byte[] message = new Octets().u8(134).u24(0).u8(64).u8(0).u16(1800).u32(0).u32(0).toArray();
    return sealed(message, ICMP_CHECKSUM_AT, from, to, Protocol.ICMPV6);
  }

  private static byte[] synOptions(Host from) {
    int maximumSegment = from.isV4() ? 1460 : 1440;
    return new Octets()
        .u16(0x0204)
        .u16(maximumSegment)
        .u16(0x0402)
        .u8(1)
        .u24(0x030307)
        .u16(0x0101)
        .toArray();
  }

  /** Puts in the checksum over pseudo header and message (RFC 9293, 3.1; RFC 8200, 8.1). */
  private static byte[] sealed(
      byte[] message, int checksumAt, Endpoint from, Endpoint to, Protocol protocol) {
    byte[] pseudoHeader =
        new Octets()
            .bytes(from.host().octets())
            .bytes(to.host().octets())
            .u32(message.length)
            .u32(protocol.number())
            .toArray();
    int sum = Checksum.of(Octets.concat(pseudoHeader, message));
    boolean zeroMeansNone = protocol == Protocol.UDP && sum == 0;
    return Checksum.put(message, checksumAt, zeroMeansNone ? 0xffff : sum);
  }
}
