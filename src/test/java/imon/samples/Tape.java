package imon.samples;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Type;

/**
 * A capture recorded packet by packet, for tests of single rules: raw IP, times in nanoseconds. An
 * end is an address and a port as in {@code 10.0.0.1:4000} or {@code [2001:db8::1]:443}; for ICMP
 * it is the address alone.
 */
public final class Tape {
  /** Time of the first packet, unless {@link #after} came before it; a whole minute. */
  public static final long START = Scene.START;

  public static final long SECOND = 1_000_000_000L;

  private static final byte[] NOTHING = {};

  private final IpPackets ip = new IpPackets();
  private final List<Packet> packets = new ArrayList<>();
  private long time = START;

  /** What follows comes so many nanoseconds later, or earlier. */
  public Tape after(long nanos) {
    time += nanos;
    return this;
  }

  public Tape syn(String from, String to, long sequence) {
    return syn(from, to, sequence, NOTHING);
  }

  /** A SYN with data (TCP Fast Open, RFC 7413). */
  public Tape syn(String from, String to, long sequence, byte[] data) {
    return segment(from, to, new Transports.Control(sequence, 0, Transports.SYN), data);
  }

  public Tape synAck(String from, String to, long sequence, long acknowledgement) {
    int flags = Transports.SYN | Transports.ACK;
    return segment(from, to, new Transports.Control(sequence, acknowledgement, flags), NOTHING);
  }

  /** A segment with ACK and maybe without data. */
  public Tape data(String from, String to, long sequence, byte[] data) {
    return segment(from, to, new Transports.Control(sequence, 1, Transports.ACK), data);
  }

  /** A segment with data that acknowledges all before a sequence number. */
  public Tape data(String from, String to, long sequence, long acknowledgement, byte[] data) {
    return segment(
        from, to, new Transports.Control(sequence, acknowledgement, Transports.ACK), data);
  }

  /** A bare FIN. */
  public Tape fin(String from, String to, long sequence, long acknowledgement) {
    int flags = Transports.FIN | Transports.ACK;
    return segment(from, to, new Transports.Control(sequence, acknowledgement, flags), NOTHING);
  }

  private Tape segment(String from, String to, Transports.Control control, byte[] data) {
    byte[] segment = Transports.tcp(end(from), end(to), control, data);
    return add(from, to, Protocol.TCP, segment);
  }

  public Tape udp(String from, String to, byte[] data) {
    byte[] datagram = Transports.udp(end(from), end(to), data);
    return add(from, to, Protocol.UDP, datagram);
  }

  /**
   * A datagram in fragments of at most {@code size} bytes, a multiple of 8, each so many
   * nanoseconds after the one before it.
   */
  public Tape fragmentedUdp(String from, String to, byte[] data, int size, long apart) {
    return fragmented(from, to, Protocol.UDP, datagram(from, to, data), size, apart);
  }

  /** A segment with ACK in fragments of at most {@code size} bytes, a nanosecond apart. */
  public Tape fragmentedData(String from, String to, long sequence, byte[] data, int size) {
    Transports.Control control = new Transports.Control(sequence, 1, Transports.ACK);
    byte[] segment = Transports.tcp(end(from), end(to), control, data);
    return fragmented(from, to, Protocol.TCP, segment, size, 1);
  }

  private Tape fragmented(
      String from, String to, Protocol protocol, byte[] message, int size, long apart) {
    IpPackets.Shape fragments = ip.fragments(size, false);
    for (byte[] packet : fragments.packets(end(from).host(), end(to).host(), protocol, message)) {
      packets.add(Packet.of(time, packet, Scene.WHOLE));
      after(apart);
    }
    return this;
  }

  /**
   * One fragment of a UDP datagram with this identification: the piece that stands at {@code at}.
   */
  public Tape fragment(String from, String to, int id, int at, boolean more, byte[] piece) {
    byte[] packet =
        IpPackets.fragment(end(from).host(), end(to).host(), Protocol.UDP, id, at, more, piece);
    packets.add(Packet.of(time, packet, Scene.WHOLE));
    return this;
  }

  /** A UDP datagram with its header. */
  public static byte[] datagram(String from, String to, byte[] data) {
    return Transports.udp(end(from), end(to), data);
  }

  /**
   * A datagram in GRE between two routers, the outer packet in fragments of at most {@code size}
   * bytes; all ends are those of IPv4.
   */
  public Tape fragmentedTunnel(
      String outerFrom, String outerTo, String from, String to, byte[] data, int size) {
    byte[] inner = IpPackets.around(end(from).host(), end(to).host(), 17, datagram(from, to, data));
    byte[] gre = new Octets().u16(0).u16(0x0800).bytes(inner).toArray();
    return fragmented(outerFrom, outerTo, Protocol.GRE, gre, size, 1);
  }

  /** The same where the datagram is in fragments of at most {@code innerSize} bytes already. */
  public Tape fragmentsInFragmentedTunnel(
      String outerFrom,
      String outerTo,
      String from,
      String to,
      byte[] data,
      int innerSize,
      int size) {
    IpPackets.Shape fragments = ip.fragments(innerSize, false);
    byte[] datagram = datagram(from, to, data);
    for (byte[] inner :
        fragments.packets(end(from).host(), end(to).host(), Protocol.UDP, datagram)) {
      byte[] gre = new Octets().u16(0).u16(0x0800).bytes(inner).toArray();
      fragmented(outerFrom, outerTo, Protocol.GRE, gre, size, 1);
    }
    return this;
  }

  /**
   * A fragment in so many tunnels, whose packets are mostly fragments, too; hosts and
   * identifications are few, so that datagrams get mixed up.
   */
  public Tape nestedFragment(Random random, int tunnels) {
    boolean first = random.nextBoolean();
    String from = "10.0.0." + random.nextInt(4) + ":" + (50_000 + random.nextInt(2));
    String to = "203.0.113." + random.nextInt(3) + (random.nextBoolean() ? ":4000" : ":53");
    byte[] piece = first ? datagram(from, to, new byte[32]) : new byte[16];
    int at = first ? 0 : 8 * (1 + random.nextInt(5));
    byte[] packet =
        IpPackets.fragment(
            end(from).host(), end(to).host(), Protocol.UDP, random.nextInt(3), at, first, piece);
    for (int i = 0; i < tunnels; i++) {
      boolean later = random.nextInt(4) == 0;
      boolean more = random.nextInt(4) > 0;
      byte[] gre = new Octets().u16(0).u16(0x0800).bytes(packet).toArray();
      packet =
          IpPackets.fragment(
              end("192.0.2.1:0").host(),
              end("198.51.100." + random.nextInt(2) + ":0").host(),
              Protocol.GRE,
              random.nextInt(3),
              later ? 48 : 0,
              !later && more,
              later ? new byte[24] : gre);
    }
    packets.add(Packet.of(time, packet, Scene.WHOLE));
    return this;
  }

  public Tape echo(String from, String to, boolean request, int identifier) {
    Protocol protocol = end(from).host().isV4() ? Protocol.ICMP : Protocol.ICMPV6;
    byte[] message = Transports.echo(end(from), end(to), request, identifier, 1, new byte[32]);
    return add(from, to, protocol, message);
  }

  /** Bytes that claim to be an IPv4 packet and are too few for its header. */
  public Tape undecodable() {
    packets.add(Packet.of(time, new byte[] {0x45, 0, 0}, Scene.WHOLE));
    return this;
  }

  private Tape add(String from, String to, Protocol protocol, byte[] message) {
    for (byte[] packet : ip.whole(end(from).host(), end(to).host(), protocol, message)) {
      packets.add(Packet.of(time, packet, Scene.WHOLE));
    }
    return this;
  }

  private static Endpoint end(String text) {
    HostAndPort end = HostAndPort.fromString(text);
    return Host.of(0, end.getHost()).port(end.getPortOrDefault(0));
  }

  /** Only these packets, by their places from 0 on, in this order. */
  public Tape only(int... places) {
    List<Packet> all = List.copyOf(packets);
    packets.clear();
    for (int place : places) {
      packets.add(all.get(place));
    }
    return this;
  }

  /** The packets of another tape, at their own times. */
  public Tape append(Tape other) {
    packets.addAll(other.packets);
    return this;
  }

  /** All packets again, changed on their way, each so many nanoseconds after itself. */
  public Tape mirrored(long nanos, UnaryOperator<byte[]> change) {
    for (Packet packet : List.copyOf(packets)) {
      byte[] copy = change.apply(packet.captured());
      packets.add(Packet.of(packet.time() + nanos, copy, Scene.WHOLE));
    }
    return this;
  }

  /** What was recorded so far becomes something else. */
  public Tape changed(UnaryOperator<byte[]> change) {
    packets.replaceAll(
        packet -> Packet.of(packet.time(), change.apply(packet.captured()), Scene.WHOLE));
    return this;
  }

  /** Of what was recorded so far, only so many bytes of each packet were captured. */
  public Tape snapped(int length) {
    packets.replaceAll(packet -> Packet.of(packet.time(), packet.captured(), length));
    return this;
  }

  /** How many packets there are. */
  public int size() {
    return packets.size();
  }

  /** The capture as a pcap file. */
  public byte[] pcap() {
    return new PcapWriter(Link.RAW_IP.type()).nanoseconds().write(packets);
  }

  /** What was recorded so far of IPv4, in Ethernet frames to this address. */
  public byte[] inFramesTo(long mac) {
    List<Packet> frames =
        packets.stream()
            .map(packet -> packet.captured())
            .map(packet -> Frames.ethernet(0x0200_5e10_0020L, mac, Frames.IPV4, packet))
            .map(frame -> Packet.of(START, frame, Scene.WHOLE))
            .toList();
    return new PcapWriter(Link.ETHERNET.type()).nanoseconds().write(frames);
  }

  /** A browser's ClientHello of some 1,800 bytes, the name behind the first 1,300. */
  public static byte[] hello(String serverName) {
    return TlsMessages.browserHello(serverName, new Random(serverName.length()));
  }

  /** The same hello in TLS records of {@code size} bytes each. */
  public static byte[] helloInRecords(String serverName, int size) {
    return TlsMessages.helloOverRecords(serverName, size, new Random(serverName.length()));
  }

  /** An HTTP request for a host. */
  public static byte[] request(String host) {
    return HttpMessages.request("/", host);
  }

  /** A DNS query for a name's IPv4 addresses. */
  public static byte[] query(int id, String name) {
    return DnsMessages.query(id, name, Type.A);
  }

  /** The answer to it. */
  public static byte[] answer(int id, String name, long ttl, String... addresses) {
    DnsMessages.Answer answer = DnsMessages.answer(id, name, Type.A);
    for (String address : addresses) {
      answer.address(name, ttl, InetAddresses.forString(address));
    }
    return answer.toWire();
  }

  /** A DNS message as it stands in a TCP stream: its length before it. */
  public static byte[] framed(byte[] message) {
    return new Octets().counted16(message).toArray();
  }
}
