package imon.samples;

import imon.quic.InitialWriter;

/** One QUIC connection told datagram by datagram; what a datagram holds is given. */
final class QuicConversation {
  private static final int PORT = 443;
  private static final long APART = 12_000_000;

  private final Scene scene;
  private final ExpectedFlow flow;
  private long time;

  QuicConversation(Scene scene, Host client, Host server, Naming naming, double second) {
    this.scene = scene;
    flow = ExpectedFlow.udp(client.port(scene.freePort()), server.port(PORT)).named(naming);
    time = Scene.at(second);
  }

  /** One datagram of the client; several packets in it are coalesced (RFC 9000, 12.2). */
  QuicConversation clientSends(byte[]... packets) {
    return sends(true, InitialWriter.join(packets));
  }

  QuicConversation serverSends(byte[]... packets) {
    return sends(false, InitialWriter.join(packets));
  }

  /** A few packets with short headers, which show nothing. */
  void goesOn() {
    for (int i = 0; i < 4; i++) {
      byte[] sealed = scene.randomBytes(i % 2 == 0 ? 60 : 700);
      sealed[0] = (byte) (0x40 | (sealed[0] & 0x3f));
      sends(i % 2 == 0, sealed);
    }
  }

  private QuicConversation sends(boolean up, byte[] datagram) {
    scene.datagram(flow, up, time, datagram);
    time += APART;
    return this;
  }
}
