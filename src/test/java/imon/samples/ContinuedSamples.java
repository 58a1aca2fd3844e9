package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_V6;
import static imon.samples.Network.internet;

import java.util.List;

/** Connections in several parts: cut by the rotation of capture files, or by a long silence. */
final class ContinuedSamples {
  /** All parts of the rotated capture are of one network. */
  private static final String SOURCE = "continued";

  private static final int HTTPS = 443;
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name TRAINS = Name.of("timetable", "opentrackside.org");
  private static final Host SERVER = internet("203.0.113.16");
  private static final Host SERVER_V6 = internet("2001:db8:16::16");

  private static final double FIRST = 1;
  private static final double SECOND = 60;
  private static final double THIRD = 200;

  private final Scene first = new Scene(141);
  private final Scene second = new Scene(142);
  private final Scene third = new Scene(143);

  private ContinuedSamples() {}

  static List<Sample> all() {
    ContinuedSamples rotated = new ContinuedSamples();
    rotated.namedAtTheStart();
    rotated.namedAtTheEnd();
    rotated.silentTooLong();
    rotated.openedAnew();
    return List.of(
        part("continued-1.pcap", "The first of three files of one rotated capture.", rotated.first),
        part(
            "continued-2.pcap",
            "The second: a connection named in the first file, and one named in the third.",
            rotated.second),
        part(
            "continued-3.pcap",
            "The third: a gap of more than 300 s or a new SYN makes another connection.",
            rotated.third),
        afterSilence());
  }

  private void namedAtTheStart() {
    Endpoint client = LAPTOP.port(50_001);
    Endpoint server = SERVER.port(HTTPS);
    TcpConversation talk =
        new TcpConversation(first, tcp(client, server, Naming.tls(NEWS)), Scene.at(FIRST)).open();
    talk.clientSends(TlsMessages.browserHello(NEWS.host(), first.random()));
    talk.serverSends(TlsMessages.serverFlight(first.random()));
    talk.goesOn(second, tcp(client, server, Naming.continued(NEWS)), Scene.at(SECOND));
    talk.serverSends(TlsMessages.applicationRecords(3000, first.random()));
    talk.goesOn(third, tcp(client, server, Naming.continued(NEWS)), Scene.at(THIRD));
    talk.serverSends(TlsMessages.applicationRecords(2000, first.random()));
    talk.close();
  }

  /** No start of it is there, and no port tells who is the client: the request at the end does. */
  private void namedAtTheEnd() {
    Endpoint client = LAPTOP_V6.port(50_002);
    Endpoint server = SERVER_V6.port(50_080);
    Naming naming = Naming.continued(TRAINS);
    TcpConversation talk =
        new TcpConversation(first, tcp(client, server, naming), Scene.at(FIRST + 1));
    talk.serverSends(opaque(first, 900));
    talk.clientSends(opaque(first, 100));
    talk.goesOn(second, tcp(client, server, naming), Scene.at(SECOND + 1));
    talk.serverSends(opaque(second, 700));
    talk.goesOn(third, tcp(client, server, Naming.http(TRAINS)), Scene.at(THIRD + 1));
    talk.clientSends(HttpMessages.request("/north", TRAINS.host()));
    talk.serverSends(HttpMessages.response(800)).close();
  }

  /** Parts 299 s apart are one connection; parts 301 s apart are two, alike only as siblings. */
  private void silentTooLong() {
    apart(299, internet("203.0.113.17"), Naming.continued(FERRY));
    apart(301, internet("203.0.113.18"), Naming.sibling(FERRY));
  }

  private void apart(double silence, Host host, Naming naming) {
    Endpoint client = LAPTOP.port(50_003);
    Endpoint server = host.port(HTTPS);
    TcpConversation talk =
        new TcpConversation(first, tcp(client, server, Naming.tls(FERRY)), Scene.at(FIRST + 2));
    talk.open().clientSends(TlsMessages.deviceHello(FERRY.host(), first.random()));
    talk.goesOn(third, tcp(client, server, naming), talk.silentFor(silence));
    talk.acknowledgesAgain();
  }

  private void openedAnew() {
    Endpoint client = LAPTOP.port(50_005);
    Endpoint server = internet("203.0.113.19").port(HTTPS);
    TcpConversation old =
        new TcpConversation(second, tcp(client, server, Naming.tls(NEWS)), Scene.at(SECOND + 3));
    old.open().clientSends(TlsMessages.deviceHello(NEWS.host(), second.random()));
    Naming alike = Naming.sibling(NEWS);
    TcpConversation anew =
        new TcpConversation(third, tcp(client, server, alike), Scene.at(THIRD + 3)).open();
    anew.clientSends(opaque(third, 100)).reset();
  }

  /** Within one capture a silent connection may go on for two hours (RFC 5382, section 5). */
  private static Sample afterSilence() {
    Scene scene = new Scene(144);
    Endpoint client = LAPTOP.port(50_006);
    silence(scene, client, 400, Naming.continued(FERRY));
    silence(scene, client, 7199, Naming.continued(FERRY));
    silence(scene, client, 7201, Naming.sibling(FERRY));
    namedAfterSilence(scene, client);
    return sample(
        "continued-idle.pcap",
        "Connections silent for 400 s, named before or after it, and for 1 s less and more than two"
            + " hours.",
        scene);
  }

  private static void silence(Scene scene, Endpoint client, double seconds, Naming naming) {
    Endpoint server = internet("198.51.100." + (int) seconds % 200).port(HTTPS);
    TcpConversation talk =
        new TcpConversation(scene, tcp(client, server, Naming.tls(FERRY)), Scene.at(FIRST)).open();
    talk.clientSends(TlsMessages.deviceHello(FERRY.host(), scene.random()));
    talk.goesOn(scene, tcp(client, server, naming), talk.silentFor(seconds));
    talk.acknowledgesAgain();
  }

  private static void namedAfterSilence(Scene scene, Endpoint client) {
    Endpoint server = SERVER.port(8080);
    ExpectedFlow before = tcp(client, server, Naming.continued(TRAINS));
    TcpConversation talk = new TcpConversation(scene, before, Scene.at(FIRST)).open();
    talk.clientSends(opaque(scene, 80)).serverSends(opaque(scene, 200));
    talk.goesOn(scene, tcp(client, server, Naming.http(TRAINS)), talk.silentFor(350));
    talk.clientSends(HttpMessages.request("/south", TRAINS.host()));
    talk.serverSends(HttpMessages.response(300)).close();
  }

  private static ExpectedFlow tcp(Endpoint client, Endpoint server, Naming naming) {
    return ExpectedFlow.tcp(client, server).named(naming);
  }

  private static byte[] opaque(Scene scene, int length) {
    byte[] bytes = scene.randomBytes(length);
    bytes[0] = (byte) 0xee;
    return bytes;
  }

  private static Sample part(String file, String shows, Scene scene) {
    Sample sample = sample(file, shows, scene);
    sample.truth().with("source", SOURCE);
    return sample;
  }

  private static Sample sample(String file, String shows, Scene scene) {
    return Sample.pcap(file, shows, Link.ETHERNET.type(), scene.trace());
  }
}
