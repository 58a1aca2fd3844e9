package imon.samples;

import static imon.samples.LinkSamples.NEWS;
import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.PHONE;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.TV;
import static imon.samples.Network.internet;

import com.github.luben.zstd.Zstd;
import imon.samples.PcapngWriter.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** One capture for each feature of the file formats. */
final class FormatSamples {
  private static final int ETHERNET = Link.ETHERNET.type();

  private FormatSamples() {}

  static List<Sample> all() {
    return List.of(
        nanoseconds(),
        bigEndian(),
        snapLength(),
        twoSections(),
        interfaces(),
        simplePackets(),
        gzipped(),
        zstandard(),
        gzippedWithoutSaying());
  }

  private static Sample nanoseconds() {
    Trace trace = story(31);
    byte[] file = new PcapWriter(ETHERNET).nanoseconds().write(trace.packets());
    return Sample.of("nanoseconds.pcap", "pcap with nanosecond times.", file, trace);
  }

  private static Sample bigEndian() {
    Trace trace = story(32);
    byte[] file = new PcapWriter(ETHERNET).bigEndian().write(trace.packets());
    return Sample.of("big-endian.pcap", "pcap in big-endian byte order.", file, trace);
  }

  /** Lookups are whole, a ClientHello is cut before its name. */
  private static Sample snapLength() {
    int length = 128;
    Scene scene = new Scene(39).cutTo(length);
    Host server = internet("203.0.113.10");
    new Resolver(scene, ROUTER, true).address(LAPTOP, 1, NEWS.host(), 300, server);
    new Visits(scene).browse(LAPTOP, server, NEWS, 1.1, 20_000).named(Naming.dns(NEWS));
    byte[] file = new PcapWriter(ETHERNET).snapLength(length).write(scene.trace().packets());
    String shows = "Captured with a snap length of 128: the lookup is whole, the SNI is cut off.";
    return Sample.of("snap-length.pcap", shows, file, scene.trace());
  }

  /** The second section numbers its interfaces anew and has the other byte order. */
  private static Sample twoSections() {
    Trace trace = story(33);
    List<Packet> packets = trace.packets();
    int half = packets.size() / 2;
    byte[] file =
        new PcapngWriter()
            .section(ByteOrder.LITTLE_ENDIAN)
            .describe("lan0", ETHERNET, 0, Clock.MICROSECONDS)
            .enhanced(0, packets.subList(0, half))
            .section(ByteOrder.BIG_ENDIAN)
            .describe("lan0", ETHERNET, 0, Clock.decimal(9))
            .enhanced(0, packets.subList(half, packets.size()))
            .toArray();
    String shows = "Two sections, little- then big-endian, micro- then nanoseconds.";
    return Sample.of("two-sections.pcapng", shows, file, trace);
  }

  /** Times are whole 1/32 seconds, which every clock here can tell exactly. */
  private static Sample interfaces() {
    Scene scene = new Scene(34);
    List<Link> links =
        List.of(Link.ETHERNET, Link.RAW_IP, Link.COOKED, Link.COOKED_TWO, Link.NULL_LOOP);
    PcapngWriter file = fiveInterfaces(links);
    for (int round = 0; round < 3; round++) {
      for (int number = 0; number < links.size(); number++) {
        int sent = scene.trace().packetsAsSent().size();
        scene.over(links.get(number));
        exchange(scene, 1 + round * 2 + number * 0.25);
        List<Packet> packets = scene.trace().packetsAsSent();
        file.enhanced(number, packets.subList(sent, packets.size()));
      }
    }
    String shows =
        "Five interfaces: link types 1, 101, 113, 276, 0; times in 10^-6, 10^-9, 2^-10, 2^-20 and"
            + " 10^-5 s, two with an offset.";
    return Sample.of("interfaces.pcapng", shows, file.toArray(), scene.trace());
  }

  private static PcapngWriter fiveInterfaces(List<Link> links) {
    List<Clock> clocks =
        List.of(
            Clock.MICROSECONDS,
            Clock.decimal(9),
            Clock.binary(10),
            Clock.binary(20).offset(1_700_000_000),
            Clock.decimal(5).offset(-3600));
    PcapngWriter file = new PcapngWriter().section(ByteOrder.LITTLE_ENDIAN);
    for (int number = 0; number < links.size(); number++) {
      file.describe("if" + number, links.get(number).type(), Scene.WHOLE, clocks.get(number));
    }
    return file;
  }

  /** A simple packet has no time; what readers make of that is theirs, so only totals are told. */
  private static Sample simplePackets() {
    Scene scene = new Scene(35);
    for (int second = 1; second <= 3; second++) {
      exchange(scene, second);
    }
    List<Packet> packets = scene.trace().packets();
    byte[] file =
        new PcapngWriter()
            .section(ByteOrder.BIG_ENDIAN)
            .describe("lan0", ETHERNET, 100, Clock.MICROSECONDS)
            .unknown(0x0bad, scene.randomBytes(13))
            .enhanced(0, packets.subList(0, 2))
            .simple(packets.get(2))
            .nameResolution(internet("192.0.2.44"), "lookout.example.org")
            .simple(packets.get(3))
            .unknown(0x8000_0001L, scene.randomBytes(64))
            .obsolete(0, 3, packets.get(4))
            .obsolete(0, 0, packets.get(5))
            .statistics(0, Scene.at(4), 6, 17)
            .toArray();
    Truth truth =
        Truth.totals(scene.trace())
            .with("dropped", 17)
            .with("note", "packets 3 and 4 are simple packet blocks and have no time");
    String shows =
        "Enhanced, simple and obsolete packet blocks, a name resolution block, unknown blocks,"
            + " 17 drops in the statistics.";
    return new Sample("simple-packets.pcapng", shows, file, packets.size(), truth);
  }

  private static Sample gzipped() {
    Trace trace = story(36);
    byte[] file = gzip(new PcapWriter(ETHERNET).write(trace.packets()));
    return Sample.of("gzip.pcap.gz", "A capture compressed by gzip.", file, trace);
  }

  private static Sample zstandard() {
    Trace trace = story(37);
    byte[] file = Zstd.compress(new PcapWriter(ETHERNET).write(trace.packets()));
    return Sample.of("zstd.pcap.zst", "A capture compressed by Zstandard.", file, trace);
  }

  private static Sample gzippedWithoutSaying() {
    Trace trace = story(38);
    byte[] file = gzip(new PcapWriter(ETHERNET).write(trace.packets()));
    String shows = "Compressed by gzip, which its name does not say.";
    return Sample.of("gzip-by-magic.pcap", shows, file, trace);
  }

  private static Trace story(long seed) {
    Scene scene = new Scene(seed);
    LinkSamples.tellStory(scene);
    return scene.trace();
  }

  /** A datagram and its reply; both come on a whole 1/32 of a second if {@code second} is one. */
  private static void exchange(Scene scene, double second) {
    List<Host> clients = List.of(LAPTOP, PHONE, TV);
    Host client = clients.get((int) second % clients.size());
    ExpectedFlow flow =
        ExpectedFlow.udp(client.port(scene.freePort()), internet("192.0.2.44").port(5004));
    scene.datagram(flow, true, Scene.at(second), scene.randomBytes(120));
    scene.datagram(flow, false, Scene.at(second + 0.03125), scene.randomBytes(700));
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
