package imon.report;

import imon.name.NetworkOwners.Owner;
import imon.report.Report.AddressRow;
import imon.report.Report.AgeRow;
import imon.report.Report.AnomalyRow;
import imon.report.Report.CaptureGuesses;
import imon.report.Report.CaptureRow;
import imon.report.Report.ClientRow;
import imon.report.Report.EvidenceRow;
import imon.report.Report.Filter;
import imon.report.Report.Group;
import imon.report.Report.GroupRow;
import imon.report.Report.Grouping;
import imon.report.Report.GuessRow;
import imon.report.Report.Guesses;
import imon.report.Report.HostRow;
import imon.report.Report.LedgerRow;
import imon.report.Report.NameRow;
import imon.report.Report.Scope;
import imon.report.Report.ServerRow;
import imon.report.Report.SiteRow;
import imon.report.Report.Totals;
import imon.report.Report.UnreadRow;
import imon.store.Traffic;
import imon.store.ask.Agreement.Age;
import imon.store.ask.Agreement.Tally;
import imon.store.ask.By;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports to render: one with everything in it, one with nothing, and one whose every text is
 * hostile.
 */
final class ExampleReport {
  private static final Instant START = Instant.parse("2026-11-01T07:00:00.000001Z");
  private static final Instant END = Instant.parse("2026-11-01T07:09:59.987654999Z");

  private ExampleReport() {}

  /**
   * Ten minutes of two captures; each list and each field that may be null is there, its ledger
   * sums up.
   */
  static Report full() {
    return new Report(
        new Scope(
            START,
            END,
            "Europe/Berlin",
            5,
            false,
            Filter.NONE,
            Instant.parse("2026-11-02T05:30:00Z")),
        captures(),
        List.of(new UnreadRow("/srv/captures/gone.pcap: no such file")),
        new Totals(84_211, 61_312_455, 412, 8, 3),
        ledger(),
        sites(),
        new Traffic(14, 310, 41_002, 402, 371_115),
        null,
        List.of(
            new ServerRow(
                "203.0.113.77",
                443,
                "udp",
                "https",
                new Owner(64500L, "Example Networks"),
                traffic(3, 210, 25_300, 402, 391_225)),
            new ServerRow(
                "2001:db8:9::5",
                51413,
                "tcp",
                null,
                new Owner(null, "Harbour & Sons"),
                traffic(1, 60, 4_811, 70, 80_117)),
            new ServerRow(
                "198.51.100.9", null, "icmp", null, null, traffic(1, 20, 1_960, 19, 1_862))),
        new Traffic(2, 9, 702, 8, 931),
        List.of(
            new ClientRow(
                "192.0.2.10", "laptop", traffic(201, 20_011, 2_100_733, 37_002, 43_337_319)),
            new ClientRow(
                "2001:db8:1::23", "phone", traffic(120, 4_310, 510_002, 9_020, 9_103_311)),
            new ClientRow("192.0.2.30", null, traffic(34, 500, 61_020, 611, 823_144))),
        guesses(),
        List.of(
            new AnomalyRow("00c0ffee00c0ffee", "ip-length-wrong", 3, 4_711),
            new AnomalyRow("00c0ffee00c0ffee", "dns-malformed", 12, 96),
            new AnomalyRow("1badcafe1badcafe", "dns-malformed", 1, 1_204),
            new AnomalyRow("1badcafe1badcafe", "duplicate-packet", 5, 812),
            new AnomalyRow("1badcafe1badcafe", "impossible-length", 1, 30_002),
            new AnomalyRow("1badcafe1badcafe", "time-backwards", 2, 7)),
        ExampleDetails.full());
  }

  /** The full one with one site, which has between so many bytes and so many. */
  static Report bounded(long least, long most) {
    Report full = full();
    SiteRow site = full.sites().get(0);
    SiteRow bounded =
        new SiteRow(
            site.site(),
            site.traffic(),
            least,
            most,
            site.evidence(),
            site.hosts(),
            site.clients());
    return new Report(
        full.scope(),
        full.captures(),
        full.unread(),
        full.totals(),
        full.ledger(),
        List.of(bounded),
        full.otherSites(),
        full.grouping(),
        full.unresolved(),
        full.otherUnresolved(),
        full.clients(),
        full.guesses(),
        full.anomalies(),
        full.details());
  }

  /** The full one, of some clients in a period, by client. */
  static Report grouped() {
    Report full = full();
    List<EvidenceRow> evidence =
        List.of(
            new EvidenceRow("tls", traffic(150, 19_000, 2_000_000, 36_000, 43_000_000)),
            new EvidenceRow("none", traffic(51, 1_011, 100_733, 1_002, 337_319)));
    GroupRow laptop =
        new GroupRow(
            "192.0.2.10",
            "laptop",
            traffic(201, 20_011, 2_100_733, 37_002, 43_337_319),
            evidence,
            List.of(
                new NameRow("video-stream.example", full.sites().get(0).traffic()),
                new NameRow("morning-news.example", full.sites().get(1).traffic())),
            List.of(new AddressRow("192.0.2.10", traffic(1, 2, 3, 4, 5))));
    GroupRow unnamed =
        new GroupRow("", null, traffic(1, 20, 4_000, 20, 5_000), evidence, List.of(), List.of());
    return new Report(
        new Scope(
            START,
            END,
            "Europe/Berlin",
            2,
            false,
            new Filter(START.truncatedTo(ChronoUnit.MINUTES), END, "192.0.2.0/24"),
            null),
        full.captures(),
        full.unread(),
        full.totals(),
        full.ledger(),
        full.sites(),
        full.otherSites(),
        new Grouping(
            By.CLIENT, List.of(laptop, unnamed), traffic(5, 4_500, 500_000, 9_000, 9_278_629), 4),
        full.unresolved(),
        full.otherUnresolved(),
        full.clients(),
        full.guesses(),
        full.anomalies(),
        full.details());
  }

  /** No capture and no packet. */
  static Report empty() {
    return new Report(
        new Scope(null, null, "UTC", 20, false, Filter.NONE, null),
        List.of(),
        List.of(),
        new Totals(0, 0, 0, 0, 0),
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        null,
        List.of(),
        Guesses.NONE,
        List.of(),
        Details.NONE);
  }

  /** This text in every place of the model that holds text from a capture, a path or a message. */
  static Report hostile(String text) {
    return hostile(text, null);
  }

  /** The same with other rows than sites. */
  static Report hostileGroups(String text) {
    Traffic traffic = traffic(1, 2, 300, 4, 5_000);
    return hostile(
        text,
        new Grouping(
            By.HOST,
            List.of(
                new GroupRow(
                    text,
                    text,
                    traffic,
                    List.of(new EvidenceRow(text, traffic)),
                    List.of(new NameRow(text, traffic)),
                    List.of(new AddressRow(text, traffic)))),
            null,
            1));
  }

  private static Report hostile(String text, @Nullable Grouping grouping) {
    Traffic traffic = traffic(1, 2, 300, 4, 5_000);
    return new Report(
        new Scope(START, END, "UTC", 20, false, new Filter(null, null, text), null),
        List.of(
            new CaptureRow(
                text, text, text, text, text, text, 6_000, 6, 5_300, null, START, END, text, text)),
        List.of(new UnreadRow(text)),
        new Totals(6, 5_300, 1, 1, 1),
        List.of(new LedgerRow(text, Group.PROVEN, 6, 5_300)),
        List.of(
            new SiteRow(
                text,
                traffic,
                5_300,
                5_300,
                List.of(new EvidenceRow(text, traffic)),
                List.of(new HostRow(text, traffic)),
                List.of(new AddressRow(text, traffic)))),
        null,
        grouping,
        List.of(
            new ServerRow(text, 1, text, text, new Owner(1L, text), new Traffic(0, 0, 0, 0, 0))),
        null,
        List.of(new ClientRow(text, text, traffic)),
        new Guesses(
            1,
            List.of(new GuessRow("dns", new Tally(1, 300, 1, 300, 1, 1), List.of())),
            List.of(
                new CaptureGuesses(
                    text,
                    List.of(new GuessRow("dns", new Tally(1, 300, 1, 300, 1, 1), List.of()))))),
        List.of(new AnomalyRow(text, text, 1, 1)),
        ExampleDetails.hostile(text));
  }

  /** A full report with this many captures and sites. */
  static Report large(int count) {
    Report full = full();
    return new Report(
        full.scope(),
        Collections.nCopies(count, full.captures().get(1)),
        Collections.nCopies(count, full.unread().get(0)),
        full.totals(),
        full.ledger(),
        Collections.nCopies(count, full.sites().get(0)),
        full.otherSites(),
        null,
        full.unresolved(),
        full.otherUnresolved(),
        full.clients(),
        full.guesses(),
        full.anomalies(),
        full.details());
  }

  private static Guesses guesses() {
    GuessRow dns =
        new GuessRow(
            "dns",
            new Tally(90, 30_000_000, 88, 29_990_000, 90, 71),
            List.of(
                new AgeRow(Age.TTL, new Tally(80, 29_000_000, 80, 29_000_000, 80, 66)),
                new AgeRow(Age.HOUR, new Tally(10, 1_000_000, 8, 990_000, 10, 5))));
    GuessRow other =
        new GuessRow(
            "dns-other",
            new Tally(12, 800_000, 9, 740_000, 12, 3),
            List.of(
                new AgeRow(Age.DAY, new Tally(7, 500_000, 7, 500_000, 7, 3)),
                new AgeRow(Age.AFTER, new Tally(5, 300_000, 2, 240_000, 5, 0))));
    GuessRow certificate =
        new GuessRow("certificate", new Tally(21, 9_000_000, 21, 9_000_000, 0, 0), List.of());
    GuessRow ptr = new GuessRow("ptr", new Tally(1, 4_000, 0, 0, 1, 0), List.of());
    return new Guesses(
        119,
        List.of(dns, certificate, other, ptr),
        List.of(
            new CaptureGuesses("00c0ffee00c0ffee", List.of(dns, certificate)),
            new CaptureGuesses("1badcafe1badcafe", List.of(other, ptr))));
  }

  private static List<CaptureRow> captures() {
    return List.of(
        new CaptureRow(
            "00c0ffee00c0ffee",
            "captures/office-0800.pcap.zst",
            "00c0ffee00c0ffee0123456789abcdef",
            "pcap (zstd)",
            "Ethernet",
            "filter (tcp port 443)",
            18_200_113,
            54_200,
            41_000_000,
            null,
            START,
            Instant.parse("2026-11-01T07:05:00.500Z"),
            "cut",
            "the last record is not whole"),
        new CaptureRow(
            "1badcafe1badcafe",
            "captures/office-0805.pcapng",
            "1badcafe1badcafefedcba9876543210",
            "pcapng",
            "Ethernet, Linux cooked v2",
            "",
            21_004_700,
            30_011,
            20_312_455,
            17L,
            Instant.parse("2026-11-01T07:05:00.500001Z"),
            END,
            "damaged",
            "block length 4294967295 at offset 20904113: 100587 bytes unread"));
  }

  private static List<LedgerRow> ledger() {
    return List.of(
        new LedgerRow("tls", Group.PROVEN, 62_136, 51_961_247),
        new LedgerRow("http", Group.PROVEN, 1_074, 710_004),
        new LedgerRow("dns", Group.INFERRED, 8_230, 2_757_370),
        new LedgerRow("none", Group.UNRESOLVED, 798, 506_908),
        new LedgerRow("local", Group.LOCAL, 9_100, 5_120_300),
        new LedgerRow("multicast", Group.MULTICAST, 1_502, 201_118),
        new LedgerRow("non-ip", Group.NON_IP, 1_300, 52_100),
        new LedgerRow("undecodable", Group.UNDECODABLE, 3, 180),
        new LedgerRow("filtered", Group.FILTERED, 7, 2_114),
        new LedgerRow("duplicate", Group.DUPLICATE, 61, 1_114));
  }

  private static List<SiteRow> sites() {
    Traffic video = traffic(42, 11_004, 1_020_114, 30_720, 40_112_007);
    Traffic news = traffic(61, 4_800, 611_700, 7_900, 7_402_118);
    Traffic shop = traffic(23, 3_011, 402_220, 6_001, 3_613_202);
    Traffic updates = traffic(9, 1_450, 110_411, 4_880, 1_205_304);
    Traffic tracker = traffic(17, 402, 77_120, 560, 462_308);
    return List.of(
        site(
            "video-stream.example",
            video,
            41_132_121,
            41_132_121,
            row("tls", video),
            new HostRow(
                "edge-17.fra.cdn.video-stream.example",
                traffic(30, 10_000, 900_000, 29_000, 39_000_000)),
            new HostRow("www.video-stream.example", traffic(12, 1_004, 120_114, 1_720, 1_112_007))),
        new SiteRow(
            "morning-news.example",
            news,
            6_613_704,
            8_013_818,
            List.of(
                row("tls", traffic(50, 4_000, 500_000, 6_900, 6_113_704)),
                row("dns", traffic(11, 800, 111_700, 1_000, 1_288_414))),
            List.of(
                new HostRow(
                    "www.morning-news.example", traffic(50, 4_000, 500_000, 6_900, 6_113_704)),
                new HostRow(null, traffic(11, 800, 111_700, 1_000, 1_288_414))),
            List.of(
                new AddressRow("192.0.2.10", traffic(40, 3_000, 400_000, 5_900, 5_113_704)),
                new AddressRow("2001:db8:1::23", traffic(21, 1_800, 211_700, 2_000, 2_288_414)))),
        site(
            "shop.example",
            shop,
            4_015_422,
            4_015_422,
            row("tls", shop),
            new HostRow("checkout.shop.example", shop)),
        site(
            "a-very-long-registrable-domain-name-that-does-not-fit.example",
            updates,
            0,
            2_015_715,
            row("dns", updates),
            new HostRow(
                "dl.a-very-long-registrable-domain-name-that-does-not-fit.example", updates)),
        site(
            "telemetry.example",
            tracker,
            539_428,
            539_428,
            row("http", tracker),
            new HostRow("t.telemetry.example", tracker)));
  }

  private static SiteRow site(
      String name,
      Traffic traffic,
      long proven,
      long possible,
      EvidenceRow evidence,
      HostRow... hosts) {
    return new SiteRow(
        name,
        traffic,
        proven,
        possible,
        List.of(evidence),
        List.of(hosts),
        List.of(new AddressRow("192.0.2.10", traffic)));
  }

  private static EvidenceRow row(String kind, Traffic traffic) {
    return new EvidenceRow(kind, traffic);
  }

  private static Traffic traffic(
      long connections, long upPackets, long upBytes, long downPackets, long downBytes) {
    return new Traffic(connections, upPackets, upBytes, downPackets, downBytes);
  }
}
