package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.internet;

import java.util.List;

/** HTTP that is not the plain exchange of a request and a response. */
final class ClearHttpSamples {
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name TRAINS = Name.of("timetable", "opentrackside.org");
  private static final Name CHAT = Name.of("edge-3.chat", "quillandquay.org");
  private static final Name MAIL = Name.of("api", "tidepost.org");
  private static final Host SERVER = internet("203.0.113.15");

  private final Scene scene;

  private ClearHttpSamples(long seed) {
    scene = new Scene(seed);
  }

  static List<Sample> all() {
    return List.of(new ClearHttpSamples(131).http2(), new ClearHttpSamples(132).upgraded());
  }

  private Sample http2() {
    byte[] request = Octets.concat(Http2Messages.preface(), Http2Messages.request(1, NEWS.host()));
    answered(talk(1, NEWS).clientSends(request));
    answered(
        talk(2, FERRY)
            .clientSends(Http2Messages.preface())
            .serverSends(Http2Messages.settings())
            .clientSends(Http2Messages.splitRequest(1, FERRY.host())));
    byte[] late =
        Octets.concat(Http2Messages.preface(), Http2Messages.request(1, TRAINS.host() + ":80"));
    answered(talk(3, TRAINS).segmentsOf(late.length - 8).clientSends(late).segmentsOf(1460));
    return sample(
        "http2-clear.pcap",
        "HTTP/2 in the clear by prior knowledge: one header frame, two of them, and a name cut by a"
            + " segment.");
  }

  private static void answered(TcpConversation talk) {
    talk.serverSends(Http2Messages.response(1, 600)).close();
  }

  private Sample upgraded() {
    TcpConversation later = talk(1, MAIL);
    later.clientSends(asking(MAIL, "Upgrade, HTTP2-Settings", "h2c", "HTTP2-Settings: AAMAAABk"));
    later.serverSends(switching("h2c"));
    later.clientSends(Http2Messages.preface());
    later.serverSends(Http2Messages.response(1, 500)).close();
    TcpConversation chat = talk(2, CHAT);
    String key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2FtcGxlIHNhbXBsZSBrZXk9PQ==";
    chat.clientSends(asking(CHAT, "Upgrade", "websocket", key));
    chat.serverSends(switching("websocket"));
    for (int i = 0; i < 3; i++) {
      chat.clientSends(masked(80)).serverSends(unmasked(120));
    }
    chat.close();
    return sample("http-upgrade.pcap", "HTTP/1.1 upgraded to HTTP/2 and to WebSocket.");
  }

  private static byte[] asking(Name name, String connection, String protocol, String more) {
    String text =
        "GET /stream HTTP/1.1\r\nHost: %s\r\nConnection: %s\r\nUpgrade: %s\r\n%s\r\n\r\n"
            .formatted(name.host(), connection, protocol, more);
    return new Octets().text(text).toArray();
  }

  private static byte[] switching(String protocol) {
    String text =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: %s\r\n\r\n"
            .formatted(protocol);
    return new Octets().text(text).toArray();
  }

  /** A binary message of a client (RFC 6455, section 5.2). */
  private byte[] masked(int length) {
    return new Octets().u8(0x82).u8(0x80 | length).bytes(scene.randomBytes(4 + length)).toArray();
  }

  private byte[] unmasked(int length) {
    return new Octets().u8(0x82).u8(length).bytes(scene.randomBytes(length)).toArray();
  }

  private TcpConversation talk(double second, Name name) {
    ExpectedFlow flow =
        ExpectedFlow.tcp(LAPTOP.port(scene.freePort()), SERVER.port(80)).named(Naming.http(name));
    return new TcpConversation(scene, flow, Scene.at(second)).open();
  }

  private Sample sample(String file, String shows) {
    return Sample.pcap(file, shows, Link.ETHERNET.type(), scene.trace());
  }
}
