package imon.samples;

import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A stretch of network life: seeded chance, a link, and the trace of what is sent. */
final class Scene {
  /** When every scene begins. */
  static final long START = Instant.parse("2026-03-02T08:00:00Z").getEpochSecond() * 1_000_000_000L;

  /** A snap length that cuts nothing. */
  static final int WHOLE = 262_144;

  private static final int FIRST_FREE_PORT = 49_152;

  private final Trace trace = new Trace();
  private final Random random;
  private final IpPackets ip = new IpPackets();
  private Link link = Link.ETHERNET;
  private IpPackets.Shape shape = ip::whole;
  private Tap tap = Tap.ON_LINK;
  private int snapLength = WHOLE;
  private boolean bulkIsWhole;
  private int nextPort = FIRST_FREE_PORT;

  Scene(long seed) {
    random = new Random(seed);
  }

  /** Nanoseconds since 1970 of a moment so many seconds into the scene. */
  static long at(double seconds) {
    return START + Math.round(seconds * 1e9);
  }

  /** From here on frames are of this link. */
  Scene over(Link newLink) {
    link = newLink;
    return this;
  }

  /** From here on packets have this shape. */
  Scene shaped(IpPackets.Shape newShape) {
    shape = newShape;
    return this;
  }

  /** From here on packets are captured there. */
  Scene tapped(Tap newTap) {
    tap = newTap;
    return this;
  }

  /** From here on no packet is captured beyond so many bytes. */
  Scene cutTo(int length) {
    snapLength = length;
    return this;
  }

  /** From here on the snap lengths of single packets are ignored. */
  Scene withWholeBulk() {
    bulkIsWhole = true;
    return this;
  }

  IpPackets ip() {
    return ip;
  }

  Trace trace() {
    return trace;
  }

  Random random() {
    return random;
  }

  byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A client port nobody in this scene has used. */
  int freePort() {
    return nextPort++;
  }

  /** Sends a transport message of a flow, as it was built for this direction. */
  void send(ExpectedFlow flow, boolean up, long time, byte[] message, int snap) {
    long moment = time;
    int length = bulkIsWhole ? snapLength : Math.min(snap, snapLength);
    for (byte[] frame : frames(flow, up, message)) {
      trace.add(flow, up, Packet.of(moment, frame, length), frame.length);
      moment += 11_000;
    }
  }

  /** Sends a datagram of a flow, whole. */
  void datagram(ExpectedFlow flow, boolean up, long time, byte[] payload) {
    datagram(flow, up, time, payload, WHOLE);
  }

  void datagram(ExpectedFlow flow, boolean up, long time, byte[] payload, int snap) {
    Endpoint from = up ? flow.client() : flow.server();
    Endpoint to = up ? flow.server() : flow.client();
    send(flow, up, time, Transports.udp(from, to, payload), snap);
  }

  /** Sends a datagram whose record claims another original length. */
  void misdeclared(ExpectedFlow flow, long time, byte[] payload, long declared, long counted) {
    byte[] message = Transports.udp(flow.client(), flow.server(), payload);
    for (byte[] frame : frames(flow, true, message)) {
      trace.add(flow, true, Packet.misdeclared(time, frame, declared), counted);
    }
  }

  /** Sends a frame that is not IP. */
  void nonIp(long time, byte[] frame) {
    trace.addOutsideFlows(Trace.NON_IP, Packet.of(time, frame, WHOLE), frame.length);
  }

  /** The frames a transport message of a flow becomes where this is captured. */
  List<byte[]> frames(ExpectedFlow flow, boolean up, byte[] message) {
    Host from = up ? flow.client().host() : flow.server().host();
    Host to = up ? flow.server().host() : flow.client().host();
    return shape.packets(from, to, flow.protocol(), message).stream()
        .flatMap(packet -> tap.frames(link, from, to, packet).stream())
        .toList();
  }
}
