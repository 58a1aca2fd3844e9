package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.internet;

import java.net.IDN;
import java.util.List;

/** Names chosen to harm whoever prints them. Which of them are names at all is not stated. */
final class HostileSamples {
  private static final List<String> NAMES =
      List.of(
          "<script>alert(1)</script>.ferrylane.co.uk",
          "\"><img src=x onerror=alert(1)>.pixelbarn.net",
          "'; DROP TABLE flows; --.kestrelnews.com",
          "=cmd|'/C calc'!A0",
          "@sum(1+1).opentrackside.org",
          "\u001b[31mred\u0007.kestrelnews.com",
          "line\r\nbreak\tand\u0000zero.kestrelnews.com",
          "\u00ff\u00fe\u0080.kestrelnews.com",
          "\u00e2\u0080\u00aemoc.kestrelnews.com",
          IDN.toASCII("k\u0435strelnews.com"),
          "xn--zzzzzzzz-.kestrelnews.com",
          "..",
          "-",
          "a".repeat(63) + "." + "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(61),
          "e".repeat(255),
          "KESTRELNEWS.COM.",
          "203.0.113.99",
          "[2001:db8::1]:443");

  private static final List<String> NEVER_SHOWN =
      List.of("<script>alert(1)", "<img src=x", "\u001b", "\u0007", "\u0000", "\u202e");

  private final Scene scene = new Scene(71);
  private final Resolver router = new Resolver(scene, ROUTER, true);

  private HostileSamples() {}

  static Sample sample() {
    HostileSamples story = new HostileSamples();
    for (int i = 0; i < NAMES.size(); i++) {
      story.showEverywhere(NAMES.get(i), i);
    }
    Trace trace = story.scene.trace();
    Truth truth = Truth.totals(trace).with("never_in_html", NEVER_SHOWN);
    byte[] file = new PcapWriter(Link.ETHERNET.type()).write(trace.packets());
    String shows =
        "SNI, Host and DNS names with markup, quotes, formulas, control characters, 255 bytes.";
    return new Sample("hostile-names.pcap", shows, file, trace.packetCount(), truth);
  }

  /** The name in SNI, in Host, and, where DNS can carry it, as the answer for a third server. */
  private void showEverywhere(String name, int number) {
    double second = number * 3.0;
    Host server = internet("203.0.113." + (100 + number));
    lookup(name, second, server);
    Host secure = internet("198.51.100." + (100 + number));
    TcpConversation tls = talk(secure, 443, second + 0.5);
    tls.clientSends(TlsMessages.deviceHello(name, scene.random()));
    tls.serverSends(TlsMessages.oldServerFlight(scene.random()));
    tls.close();
    TcpConversation http = talk(internet("192.0.2." + (100 + number)), 80, second + 1);
    http.clientSends(HttpMessages.request("/", name));
    http.serverSends(HttpMessages.response(100));
    http.close();
    TcpConversation unnamed = talk(server, 8443, second + 1.5);
    unnamed.clientSends(scene.randomBytes(100));
    unnamed.reset();
  }

  private void lookup(String name, double second, Host server) {
    if (fitsDns(name)) {
      router.address(LAPTOP, second, escaped(name), 300, server);
    }
  }

  private TcpConversation talk(Host server, int port, double second) {
    ExpectedFlow flow = ExpectedFlow.tcp(LAPTOP.port(scene.freePort()), server.port(port));
    return new TcpConversation(scene, flow, Scene.at(second)).open();
  }

  /** Labels of 1 to 63 bytes, 255 in all with their lengths (RFC 1035, section 3.1). */
  private static boolean fitsDns(String name) {
    for (String label : name.split("\\.", -1)) {
      if (label.isEmpty() || label.length() > 63) {
        return false;
      }
    }
    return name.length() <= 253;
  }

  /** Every byte but dots, letters and digits as a decimal escape of a master file. */
  private static String escaped(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = c == '.' || (c < 0x7f && Character.isLetterOrDigit(c));
      text.append(plain ? String.valueOf(c) : String.format("\\%03d", (int) c));
    }
    return text.toString();
  }
}
