package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_V6;
import static imon.samples.Network.ROUTER;
import static imon.samples.Network.internet;

import imon.samples.PcapngWriter.Clock;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Name resolution blocks before, between and after the packets, in both byte orders. */
final class NameBlockSample {
  private static final int HTTPS = 443;
  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name PIXELS = Name.of("static", "pixelbarn.net");
  private static final Name LANTERN = Name.of("edge7", "lanternreel.tv");
  private static final Host FIRST = internet("203.0.113.31");
  private static final Host SECOND = internet("2001:db8:32::1");
  private static final Host THIRD = internet("203.0.113.33");
  private static final Host FOURTH = internet("203.0.113.34");
  private static final Host THIS_MACHINE = internet("127.0.0.1");

  private NameBlockSample() {}

  static Sample sample() {
    Trace trace = trace();
    List<Packet> packets = trace.packets();
    int half = packets.size() / 2;
    int ethernet = Link.ETHERNET.type();
    byte[] file =
        new PcapngWriter()
            .section(ByteOrder.LITTLE_ENDIAN)
            .nameResolution(before(), "resolver.kestrelnews.com")
            .describe("lan0", ethernet, 0, Clock.MICROSECONDS)
            .enhanced(0, packets.subList(0, half))
            .section(ByteOrder.BIG_ENDIAN)
            .describe("lan0", ethernet, 0, Clock.decimal(9))
            .nameResolution(SECOND, FERRY.host())
            .enhanced(0, packets.subList(half, packets.size()))
            .nameResolution(THIRD, PIXELS.host(), "alias.pixelbarn.net")
            .nameResolution(FOURTH, "203.0.113.34", LANTERN.host().toUpperCase(Locale.ROOT))
            .toArray();
    String shows =
        "Name resolution blocks before, between and after the packets, of both byte orders; a lookup"
            + " and an SNI beat them.";
    return Sample.of("name-blocks.pcapng", shows, file, trace);
  }

  private static Map<Host, List<String>> before() {
    Map<Host, List<String>> names = new LinkedHashMap<>();
    names.put(THIS_MACHINE, List.of("localhost"));
    names.put(FIRST, List.of(NEWS.host(), "kestrelnews.com", "zeta.ferrylane.co.uk"));
    names.put(internet("203.0.113.35"), List.of("wrong.pixelbarn.net"));
    names.put(internet("203.0.113.36"), List.of("wrong.pixelbarn.net"));
    return names;
  }

  private static Trace trace() {
    Scene scene = new Scene(47);
    Visits visits = new Visits(scene);
    visits.nameless(LAPTOP, FIRST.port(HTTPS), Naming.ptr(NEWS), 1, 900);
    visits.nameless(LAPTOP_V6, SECOND.port(HTTPS), Naming.ptr(FERRY), 2, 900);
    visits.nameless(LAPTOP, THIRD.port(HTTPS), Naming.ptr(PIXELS), 3, 900);
    visits.opaque(LAPTOP, FOURTH.port(5004), Naming.ptr(LANTERN), 4, 700);
    Host looked = internet("203.0.113.35");
    new Resolver(scene, ROUTER, true).address(LAPTOP, 5, NEWS.host(), 300, looked);
    visits.nameless(LAPTOP, looked.port(HTTPS), Naming.dns(NEWS), 5.1, 900);
    visits.browse(LAPTOP, internet("203.0.113.36"), FERRY, 6, 900);
    visits.nameless(LAPTOP, internet("203.0.113.37").port(HTTPS), Naming.NONE, 7, 900);
    return scene.trace();
  }
}
