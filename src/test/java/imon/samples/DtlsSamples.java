package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.internet;

import java.util.Arrays;

/** DTLS handshakes (RFC 6347): ClientHellos in one record, in fragments, and asked for again. */
final class DtlsSamples {
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION = 23;
  private static final int CLIENT_HELLO = 1;
  private static final int HELLO_VERIFY_REQUEST = 3;
  private static final int DTLS_1_2 = 0xfefd;
  private static final int PORT = 4433;
  private static final byte[] NO_COOKIE = {};

  private static final Name NEWS = Name.of("call", "kestrelnews.com");
  private static final Name FERRY = Name.of("call", "ferrylane.co.uk");
  private static final Name CHAT = Name.of("voice", "quillandquay.org");
  private static final Name FILMS = Name.of("party", "lanternreel.tv");
  private static final Host SERVER = internet("203.0.113.12");

  private final Scene scene = new Scene(106);
  private int recordNumber;

  private DtlsSamples() {}

  static Sample sample() {
    DtlsSamples story = new DtlsSamples();
    story.inOneRecord();
    story.inFragments();
    story.askedAgain();
    story.fragmentsOfOneDatagram();
    return Sample.pcap(
        "dtls.pcap",
        "DTLS hellos: whole, over three datagrams with the last first, again with a cookie, and"
            + " over two records of one datagram.",
        Link.ETHERNET.type(),
        story.scene.trace());
  }

  private void inOneRecord() {
    ExpectedFlow flow = flow(NEWS);
    byte[] hello = hello(NEWS, NO_COOKIE, false);
    scene.datagram(flow, true, Scene.at(1), record(fragment(hello, 0, 0, hello.length)));
    goesOn(flow, 1.1);
  }

  private void inFragments() {
    ExpectedFlow flow = flow(FERRY);
    byte[] hello = hello(FERRY, NO_COOKIE, true);
    int[] borders = {0, 600, 1200, hello.length};
    for (int piece : new int[] {2, 0, 1}) {
      byte[] part = fragment(hello, 0, borders[piece], borders[piece + 1]);
      scene.datagram(flow, true, Scene.at(2 + (piece + 1) % 3 * 0.01), record(part));
    }
    goesOn(flow, 2.2);
  }

  /** The first hello has no name here, so that only the second can give it. */
  private void askedAgain() {
    ExpectedFlow flow = flow(CHAT);
    byte[] cookie = scene.randomBytes(20);
    byte[] nameless = TlsMessages.datagramHello(null, NO_COOKIE, false, scene.random());
    byte[] verify =
        new Octets()
            .u8(HELLO_VERIFY_REQUEST)
            .u24(3 + cookie.length)
            .u16(0)
            .u24(0)
            .u24(3 + cookie.length)
            .u16(0xfeff)
            .u8(cookie.length)
            .bytes(cookie)
            .toArray();
    byte[] named = hello(CHAT, cookie, false);
    scene.datagram(flow, true, Scene.at(3), record(fragment(nameless, 0, 0, nameless.length)));
    scene.datagram(flow, false, Scene.at(3.02), record(verify));
    scene.datagram(flow, true, Scene.at(3.04), record(fragment(named, 1, 0, named.length)));
    goesOn(flow, 3.1);
  }

  private void fragmentsOfOneDatagram() {
    ExpectedFlow flow = flow(FILMS);
    byte[] hello = hello(FILMS, NO_COOKIE, false);
    byte[] datagram =
        Octets.concat(
            record(fragment(hello, 0, 0, 90)), record(fragment(hello, 0, 90, hello.length)));
    scene.datagram(flow, true, Scene.at(4), datagram);
    goesOn(flow, 4.1);
  }

  private void goesOn(ExpectedFlow flow, double second) {
    for (int i = 0; i < 3; i++) {
      byte[] sealed = record(APPLICATION, 1, scene.randomBytes(300));
      scene.datagram(flow, i % 2 == 1, Scene.at(second + i * 0.02), sealed);
    }
  }

  private byte[] hello(Name name, byte[] cookie, boolean large) {
    return TlsMessages.datagramHello(name.host(), cookie, large, scene.random());
  }

  /** {@code sequence}: which message of the handshake it is a part of. */
  private static byte[] fragment(byte[] hello, int sequence, int from, int to) {
    return new Octets()
        .u8(CLIENT_HELLO)
        .u24(hello.length)
        .u16(sequence)
        .u24(from)
        .u24(to - from)
        .bytes(Arrays.copyOfRange(hello, from, to))
        .toArray();
  }

  private byte[] record(byte[] handshake) {
    return record(HANDSHAKE, 0, handshake);
  }

  private byte[] record(int type, int epoch, byte[] content) {
    return new Octets()
        .u8(type)
        .u16(DTLS_1_2)
        .u16(epoch)
        .u48(recordNumber++)
        .counted16(content)
        .toArray();
  }

  private ExpectedFlow flow(Name name) {
    Endpoint client = LAPTOP.port(scene.freePort());
    return ExpectedFlow.udp(client, SERVER.port(PORT)).named(Naming.tls(name));
  }
}
