package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.PHONE;
import static imon.samples.Network.PHONE_V6;
import static imon.samples.Network.PROXY;
import static imon.samples.Network.internet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Traffic by way of a proxy at home, and behind a load balancer that tells whom it stands for. */
final class ProxySamples {
  private static final int HTTP_PROXY = 3128;
  private static final int SOCKS = 1080;
  private static final int HTTPS = 443;
  private static final int PASSWORD = 2;

  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("booking", "ferrylane.co.uk");
  private static final Name CHAT = Name.of("edge-3.chat", "quillandquay.org");
  private static final Name MAIL = Name.of("imap", "tidepost.org");
  private static final Name TRAINS = Name.of("timetable", "opentrackside.org");
  private static final Host SERVER = internet("203.0.113.13");
  private static final Host SERVER_V6 = internet("2001:db8:13::13");

  private final Scene scene;

  private ProxySamples(long seed) {
    scene = new Scene(seed);
  }

  static List<Sample> all() {
    return List.of(
        new ProxySamples(111).connect(),
        new ProxySamples(112).socks(),
        new ProxySamples(113).header());
  }

  private Sample connect() {
    tls(asked(1, Naming.proxy(NEWS), NEWS.host() + ":443"), null);
    tls(asked(2, Naming.tls(FERRY), FERRY.host() + ":443"), FERRY);
    tls(asked(3, Naming.tls(CHAT), "203.0.113.13:443"), CHAT);
    opaque(asked(4, Naming.proxy(MAIL), MAIL.host() + ":22"));
    return sample(
        "proxy-connect.pcap",
        "CONNECT to a name and to an address: with TLS inside, without SNI, and with what shows"
            + " nothing.");
  }

  private TcpConversation asked(double second, Naming naming, String target) {
    return talk(HTTP_PROXY, naming, second)
        .clientSends(ProxyMessages.connect(target))
        .serverSends(ProxyMessages.connected());
  }

  private Sample socks() {
    tls(socks4a(1, Naming.tls(NEWS), NEWS), NEWS);
    opaque(socks4a(2, Naming.proxy(MAIL), MAIL));
    tls(socks5(3, Naming.tls(FERRY), ProxyMessages.socks5(FERRY.host(), HTTPS)), FERRY);
    opaque(socks5(4, Naming.proxy(CHAT), ProxyMessages.socks5(CHAT.host(), 5222)));
    opaque(withPassword(5, Naming.proxy(TRAINS), TRAINS));
    tls(socks5(6, Naming.tls(CHAT), ProxyMessages.socks5(SERVER.port(HTTPS))), CHAT);
    opaque(socks5(7, Naming.NONE, ProxyMessages.socks5(SERVER_V6.port(22))));
    return sample(
        "proxy-socks.pcap",
        "SOCKS 4a and 5, with a domain, with a password, with an address only; TLS inside or what"
            + " shows nothing.");
  }

  private TcpConversation socks4a(double second, Naming naming, Name name) {
    return talk(SOCKS, naming, second)
        .clientSends(ProxyMessages.socks4a(name.host(), HTTPS))
        .serverSends(ProxyMessages.socks4Granted());
  }

  private TcpConversation socks5(double second, Naming naming, byte[] request) {
    return talk(SOCKS, naming, second)
        .clientSends(ProxyMessages.socks5Methods(0))
        .serverSends(ProxyMessages.socks5Chosen(0))
        .clientSends(request)
        .serverSends(ProxyMessages.socks5Granted());
  }

  private TcpConversation withPassword(double second, Naming naming, Name name) {
    return talk(SOCKS, naming, second)
        .clientSends(ProxyMessages.socks5Methods(0, PASSWORD))
        .serverSends(ProxyMessages.socks5Chosen(PASSWORD))
        .clientSends(ProxyMessages.socks5Password("visitor", "open sesame"))
        .serverSends(ProxyMessages.socks5PasswordAccepted())
        .clientSends(ProxyMessages.socks5(name.host(), HTTPS))
        .serverSends(ProxyMessages.socks5Granted());
  }

  private void tls(TcpConversation talk, @Nullable Name name) {
    talk.clientSends(TlsMessages.deviceHello(name == null ? null : name.host(), scene.random()));
    talk.serverSends(TlsMessages.applicationRecords(900, scene.random()));
    talk.close();
  }

  private void opaque(TcpConversation talk) {
    byte[] sealed = scene.randomBytes(120);
    sealed[0] = (byte) 0xee;
    talk.clientSends(sealed);
    talk.serverSends(scene.randomBytes(900));
    talk.close();
  }

  private TcpConversation talk(int port, Naming naming, double second) {
    ExpectedFlow flow =
        ExpectedFlow.tcp(LAPTOP.port(scene.freePort()), PROXY.port(port)).named(naming);
    return new TcpConversation(scene, flow, Scene.at(second)).open();
  }

  private Sample header() {
    byte[] line = ProxyMessages.proxyLine(PHONE.port(50_123), PROXY.port(HTTPS));
    byte[] hello = TlsMessages.browserHello(NEWS.host(), scene.random());
    behind(1, HTTPS, Naming.tls(NEWS), Octets.concat(line, hello));
    byte[] request = HttpMessages.request("/platforms", TRAINS.host());
    behind(2, 80, Naming.http(TRAINS), line, request);
    byte[] header = ProxyMessages.proxyHeader(PHONE_V6.port(50_124), SERVER_V6.port(HTTPS));
    byte[] small = TlsMessages.deviceHello(FERRY.host(), scene.random());
    behind(3, HTTPS, Naming.tls(FERRY), Octets.concat(header, small));
    byte[] check = HttpMessages.request("/health", MAIL.host());
    behind(4, 80, Naming.http(MAIL), ProxyMessages.proxyHeaderOfItsOwn(), check);
    return sample(
        "proxy-header.pcap",
        "PROXY protocol, versions 1 and 2, before TLS and HTTP; in one segment and in two.");
  }

  /** What a balancer at home passes on to a server outside. */
  private void behind(double second, int port, Naming naming, byte[]... segments) {
    ExpectedFlow flow =
        ExpectedFlow.tcp(PROXY.port(scene.freePort()), SERVER.port(port)).named(naming);
    TcpConversation talk = new TcpConversation(scene, flow, Scene.at(second)).open();
    for (byte[] segment : segments) {
      talk.clientSends(segment);
    }
    byte[] answer =
        port == HTTPS
            ? TlsMessages.applicationRecords(700, scene.random())
            : HttpMessages.response(500);
    talk.serverSends(answer).close();
  }

  private Sample sample(String file, String shows) {
    return Sample.pcap(file, shows, Link.ETHERNET.type(), scene.trace());
  }
}
