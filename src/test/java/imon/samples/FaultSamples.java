package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_V6;
import static imon.samples.Network.internet;

import imon.samples.PcapngWriter.Clock;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Captures with a fault each: what was whole before the fault still counts. */
final class FaultSamples {
  private static final int ETHERNET = Link.ETHERNET.type();
  private static final Host SERVER = internet("192.0.2.44");
  private static final Host SERVER_V6 = internet("2001:db8:44::44");

  /** The largest original length that is believed. */
  private static final int LARGEST_ORIGINAL = 262_144;

  private final Scene scene;

  private FaultSamples(long seed) {
    scene = new Scene(seed);
  }

  static List<Sample> all() {
    return List.of(
        new FaultSamples(61).cutTail(),
        new FaultSamples(62).corruptRecord(),
        new FaultSamples(63).impossibleLength(),
        new FaultSamples(64).cutHeader(),
        new FaultSamples(65).truncatedPackets(),
        new FaultSamples(66).timeJump(),
        new FaultSamples(67).beyondTheCentury());
  }

  /** The cut packet is the last of the file and in no total. */
  private Sample cutTail() {
    exchanges(4);
    List<Packet> whole = scene.trace().packets();
    Packet lost = Packet.of(Scene.at(9), new byte[200], Scene.WHOLE);
    byte[] file =
        append(new PcapWriter(ETHERNET).write(whole), lost, PcapWriter.RECORD_HEADER_LENGTH + 90);
    return Sample.of(
        "cut-tail.pcap", "The last record ends in the middle of its packet.", file, scene.trace());
  }

  /** What follows the corrupt record is not read. */
  private Sample corruptRecord() {
    exchanges(4);
    List<Packet> before = scene.trace().packets();
    byte[] readable = new PcapWriter(ETHERNET).write(before);
    Packet absurd = Packet.misdeclared(Scene.at(9), new byte[100], 100);
    byte[] file = append(readable, absurd, PcapWriter.RECORD_HEADER_LENGTH + 100);
    int capturedLengthAt = readable.length + 8;
    Arrays.fill(file, capturedLengthAt, capturedLengthAt + 4, (byte) 0x7f);
    for (Packet packet : before) {
      file = append(file, packet, PcapWriter.RECORD_HEADER_LENGTH + packet.capturedLength());
    }
    Truth truth =
        Truth.of(scene.trace())
            .with("exit_code", 3)
            .with("unread_bytes", file.length - readable.length);
    String shows = "A record in the middle claims 2 GB of captured bytes; as many packets follow.";
    return new Sample("corrupt-record.pcap", shows, file, before.size(), truth);
  }

  private Sample impossibleLength() {
    ExpectedFlow flow = udp(LAPTOP.port(50_010), SERVER.port(5004));
    lie(flow, 1, 0xffff_ffffL, 142);
    lie(flow, 2, 60, 142);
    lie(flow, 3, LARGEST_ORIGINAL, LARGEST_ORIGINAL);
    lie(flow, 4, LARGEST_ORIGINAL + 1L, 142);
    lie(flow, 5, 0, 142);
    return Sample.pcap(
        "impossible-length.pcap",
        "Original lengths of 4 GB - 1, less than captured, 256 KiB (believed), one more, and 0.",
        ETHERNET,
        scene.trace());
  }

  private void lie(ExpectedFlow flow, double second, long declared, long counted) {
    scene.misdeclared(flow, Scene.at(second), scene.randomBytes(100), declared, counted);
  }

  private Sample cutHeader() {
    byte[] file = Arrays.copyOf(new PcapWriter(ETHERNET).write(List.of()), 10);
    Truth truth = Truth.totals(scene.trace()).with("exit_code", 3);
    return new Sample("cut-header.pcap", "Ten bytes of a pcap header.", file, 0, truth);
  }

  /**
   * The same packets, cut a little earlier each time: within payload, transport header, ports, the
   * addresses, the link header. A frame cut before its type makes no claim to be IP.
   */
  private Sample truncatedPackets() {
    ExpectedFlow portsKnown = udp(LAPTOP.port(50_011), SERVER.port(443));
    ExpectedFlow portsCut = udp(LAPTOP.port(0), SERVER.port(0)).withoutPorts();
    ExpectedFlow portsKnownV6 = udp(LAPTOP_V6.port(50_011), SERVER_V6.port(443));
    ExpectedFlow portsCutV6 = udp(LAPTOP_V6.port(0), SERVER_V6.port(0)).withoutPorts();
    for (int snap : new int[] {60, 42, 40, 38}) {
      scene.datagram(portsKnown, true, Scene.at(60 - snap), scene.randomBytes(300), snap);
    }
    for (int snap : new int[] {37, 36, 34}) {
      scene.datagram(portsCut, true, Scene.at(60 - snap), scene.randomBytes(300), snap);
    }
    for (int snap : new int[] {62, 58}) {
      scene.datagram(portsKnownV6, true, Scene.at(100 - snap), scene.randomBytes(300), snap);
    }
    for (int snap : new int[] {57, 54}) {
      scene.datagram(portsCutV6, true, Scene.at(100 - snap), scene.randomBytes(300), snap);
    }
    addressesCut(portsKnown, 33, 30, 20, 14);
    addressesCut(portsKnownV6, 53, 30, 14);
    linkHeaderCut(portsKnown, 13, 6, 0);
    return Sample.pcap(
        "truncated-packets.pcap",
        "IPv4 and IPv6 datagrams cut in payload, header, ports, addresses and link header.",
        ETHERNET,
        scene.trace());
  }

  private void addressesCut(ExpectedFlow like, int... snaps) {
    for (int snap : snaps) {
      outside(Trace.UNDECODABLE, like, snap);
    }
  }

  private void linkHeaderCut(ExpectedFlow like, int... snaps) {
    for (int snap : snaps) {
      outside(Trace.NON_IP, like, snap);
    }
  }

  private void outside(String ledgerClass, ExpectedFlow like, int snap) {
    byte[] message = Transports.udp(like.client(), like.server(), scene.randomBytes(300));
    for (byte[] frame : scene.frames(like, true, message)) {
      Packet packet = Packet.of(Scene.at(100 - snap), frame, snap);
      scene.trace().addOutsideFlows(ledgerClass, packet, frame.length);
    }
  }

  /** Each stop in time is a flow of its own, so that the order of reading changes none. */
  private Sample timeJump() {
    for (String moment :
        List.of(
            "2026-03-02T08:00:00Z",
            "1970-01-01T00:00:00Z",
            "2106-02-07T06:28:00Z",
            "2026-03-02T08:00:01Z",
            "1999-12-31T23:59:59Z")) {
      exchangeAt(Instant.parse(moment));
    }
    byte[] file = new PcapWriter(ETHERNET).write(scene.trace().packetsAsSent());
    String shows = "Times jump to 1970, 2106 and 1999 and back.";
    return Sample.of("time-jump.pcap", shows, file, scene.trace());
  }

  /** Only pcapng can tell such times; a reader clamps them, so no span is stated. */
  private Sample beyondTheCentury() {
    List<String> moments =
        List.of(
            "2026-03-02T08:00:00Z",
            "2199-12-31T23:59:00Z",
            "2200-06-01T00:00:00Z",
            "2261-01-01T00:00:00Z");
    moments.forEach(moment -> exchangeAt(Instant.parse(moment)));
    List<Packet> told = scene.trace().packetsAsSent();
    exchangeAt(Instant.EPOCH);
    List<Packet> packets = scene.trace().packetsAsSent();
    byte[] file =
        new PcapngWriter()
            .section(ByteOrder.LITTLE_ENDIAN)
            .describe("lan0", ETHERNET, 0, Clock.MICROSECONDS)
            .describe("before", ETHERNET, 0, Clock.MICROSECONDS.offset(Long.MIN_VALUE))
            .enhanced(0, told)
            .enhanced(0, -1L, packets.get(told.size()))
            .enhanced(1, 0, packets.get(told.size() + 1))
            .toArray();
    Truth truth = Truth.totals(scene.trace()).with("clamped_packets", 6);
    String shows =
        "Times in 2199, 2200, 2261, of 2^64-1 units, and before 1970 by an offset of -2^63 s;"
            + " what is not within 1970 to 2200 is clamped.";
    return new Sample("beyond-2200.pcapng", shows, file, packets.size(), truth);
  }

  private void exchangeAt(Instant moment) {
    long time = moment.getEpochSecond() * 1_000_000_000L;
    ExpectedFlow flow = udp(LAPTOP.port(scene.freePort()), SERVER.port(5004));
    scene.datagram(flow, true, time, scene.randomBytes(100));
    scene.datagram(flow, false, time + 20_000_000, scene.randomBytes(500));
  }

  private void exchanges(int count) {
    for (int i = 0; i < count; i++) {
      ExpectedFlow flow = udp(LAPTOP.port(scene.freePort()), SERVER.port(5004));
      scene.datagram(flow, true, Scene.at(i), scene.randomBytes(100));
      scene.datagram(flow, false, Scene.at(i + 0.02), scene.randomBytes(500));
    }
  }

  private static ExpectedFlow udp(Endpoint client, Endpoint server) {
    return ExpectedFlow.udp(client, server);
  }

  /** The file and the first {@code kept} bytes of one more record. */
  private static byte[] append(byte[] file, Packet packet, int kept) {
    byte[] alone = new PcapWriter(ETHERNET).write(List.of(packet));
    int from = PcapWriter.HEADER_LENGTH;
    return Octets.concat(file, Arrays.copyOfRange(alone, from, from + kept));
  }
}
