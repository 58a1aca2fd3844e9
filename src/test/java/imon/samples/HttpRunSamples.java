package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.internet;

import java.util.Arrays;
import java.util.List;

/**
 * HTTP connections through a proxy to several hosts: each run of requests to one host is a flow of
 * its own.
 */
final class HttpRunSamples {
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name TRAINS = Name.of("timetable", "opentrackside.org");
  private static final Endpoint OUTSIDE = internet("203.0.113.77").port(3128);
  private static final Endpoint AT_HOME = Network.PROXY.port(3128);

  /** Segments that may wait for one before them. */
  private static final int HELD = 16;

  private final Scene scene;

  private HttpRunSamples(long seed) {
    scene = new Scene(seed);
  }

  static List<Sample> all() {
    return List.of(
        new HttpRunSamples(71).keptAlive(),
        new HttpRunSamples(72).pipelined(),
        new HttpRunSamples(73).disturbed(),
        new HttpRunSamples(74).lossy(),
        new HttpRunSamples(75).snapped());
  }

  private Sample keptAlive() {
    ExpectedFlow news = atHome(NEWS);
    TcpConversation talk = new TcpConversation(scene, news, Scene.at(1)).open();
    talk.clientSends(HttpMessages.proxied("GET", NEWS.host()));
    talk.serverSends(HttpMessages.chunked(60));
    talk.clientSends(HttpMessages.proxied("HEAD", NEWS.host()));
    talk.serverSends(HttpMessages.bodiless("200 OK"));
    ExpectedFlow ferry = atHome(FERRY);
    talk.clientTurnsTo(ferry).clientSends(HttpMessages.upload(FERRY.host(), 5000));
    talk.serverTurnsTo(ferry).serverSends(HttpMessages.bodiless("100 Continue"));
    talk.clientSends(scene.randomBytes(5000));
    talk.serverSends(HttpMessages.bodiless("204 No Content"));
    ExpectedFlow trains = atHome(TRAINS);
    talk.pause(70).clientTurnsTo(trains).clientSends(proxied(TRAINS));
    talk.serverTurnsTo(trains).serverSends(HttpMessages.bodiless("304 Not Modified"));
    ExpectedFlow again = atHome(NEWS);
    talk.clientTurnsTo(again).clientSends(proxied(NEWS));
    talk.serverTurnsTo(again).serverSends(HttpMessages.untilClose(4500));
    talk.close();
    return sample(
        "http-proxy.pcap",
        "One connection to a proxy at home, four runs of requests to three hosts: chunks, HEAD, 100, 204,"
            + " 304, and a body up to the close.");
  }

  /** The second request shares a segment with the first; its run begins with the next packet. */
  private Sample pipelined() {
    ExpectedFlow news = run(50_021, NEWS);
    ExpectedFlow ferry = run(50_021, FERRY);
    ExpectedFlow trains = run(50_021, TRAINS);
    TcpConversation talk = new TcpConversation(scene, news, Scene.at(1)).open();
    talk.clientSendsAndTurnsTo(ferry, Octets.concat(proxied(NEWS), proxied(FERRY)));
    talk.clientTurnsTo(trains).clientSends(proxied(TRAINS));
    talk.serverSends(HttpMessages.response(4000));
    talk.serverTurnsTo(ferry).serverSends(HttpMessages.response(9000));
    talk.serverTurnsTo(trains).serverSends(HttpMessages.response(2500));
    talk.close();
    return sample(
        "http-pipelined.pcap",
        "Three requests at once through a proxy, two of them in one segment; each host has its"
            + " response.");
  }

  private Sample disturbed() {
    ExpectedFlow news = run(50_022, NEWS);
    TcpConversation talk = new TcpConversation(scene, news, Scene.at(1)).open();
    talk.clientSendsInOrder(proxied(NEWS), 0, 0);
    talk.serverSendsInOrder(HttpMessages.response(6000), 0, 2, 1, 3, 3, 4, 0);
    ExpectedFlow ferry = run(50_022, FERRY);
    talk.clientTurnsTo(ferry).clientSendsInOrder(proxied(FERRY), 0, 0, 0);
    talk.serverTurnsTo(ferry).serverSendsInOrder(HttpMessages.chunked(60), 0, 2, 1, 2);
    talk.close();
    return sample(
        "http-disturbed.pcap",
        "Requests sent again and responses out of order, to two hosts through a proxy.");
  }

  /** The third response lacks its header, and with it all borders after it. */
  private Sample lossy() {
    ExpectedFlow news = run(50_023, NEWS);
    TcpConversation talk = new TcpConversation(scene, news, Scene.at(1)).open();
    byte[] response = HttpMessages.response(80_000);
    int seen = 3 * 1460;
    talk.clientSends(proxied(NEWS));
    talk.serverSends(Arrays.copyOf(response, seen)).serverSendsUnseen(response.length - seen);
    ExpectedFlow ferry = run(50_023, FERRY);
    talk.clientTurnsTo(ferry).clientSends(proxied(FERRY));
    talk.serverTurnsTo(ferry).serverSends(HttpMessages.response(3000));
    ExpectedFlow trains = run(50_023, TRAINS);
    talk.clientTurnsTo(trains).clientSends(proxied(TRAINS)).serverSendsUnseen(1460);
    talk.serverSends(scene.randomBytes(HELD * 1460));
    talk.serverSendsAndTurnsTo(trains, scene.randomBytes(1460));
    talk.serverSends(scene.randomBytes(3000));
    talk.clientSends(proxied(NEWS));
    talk.serverSends(HttpMessages.response(2000));
    talk.close();
    return sample(
        "http-lossy.pcap",
        "Lost bytes of a body do no harm; a lost header does: the last host has the rest.");
  }

  private Sample snapped() {
    ExpectedFlow news = run(50_024, NEWS);
    TcpConversation talk = new TcpConversation(scene, news, Scene.at(1)).cutTo(220).open();
    talk.clientSends(proxied(NEWS)).serverSends(HttpMessages.response(20_000));
    ExpectedFlow ferry = run(50_024, FERRY);
    talk.clientTurnsTo(ferry).clientSends(proxied(FERRY));
    talk.serverTurnsTo(ferry).serverSends(HttpMessages.response(30_000));
    ExpectedFlow trains = run(50_024, TRAINS);
    talk.clientTurnsTo(trains).clientSends(proxied(TRAINS));
    talk.serverTurnsTo(trains).serverSends(HttpMessages.response(40));
    talk.close();
    return sample(
        "http-snap-length.pcap",
        "Packets cut to 220 captured bytes: headers are whole, bodies are not, and three hosts"
            + " have what is theirs.");
  }

  private static byte[] proxied(Name name) {
    return HttpMessages.proxied("GET", name.host());
  }

  private static ExpectedFlow run(int port, Name name) {
    return ExpectedFlow.tcp(LAPTOP.port(port), OUTSIDE).named(Naming.http(name));
  }

  /** Internet traffic, although both ends are local. */
  private static ExpectedFlow atHome(Name name) {
    return ExpectedFlow.tcp(LAPTOP.port(50_020), AT_HOME).named(Naming.http(name));
  }

  private Sample sample(String file, String shows) {
    return Sample.pcap(file, shows, Link.ETHERNET.type(), scene.trace());
  }
}
