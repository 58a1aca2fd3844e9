package imon.report;

import static java.util.stream.Collectors.groupingBy;

import imon.name.Evidence;
import imon.name.NetworkOwners;
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
import imon.store.StoreException;
import imon.store.Traffic;
import imon.store.ask.Agreement;
import imon.store.ask.Agreement.Age;
import imon.store.ask.Agreement.Tally;
import imon.store.ask.By;
import imon.store.ask.Groups;
import imon.store.ask.Questions;
import imon.store.ask.Questions.Part;
import imon.wire.Addresses;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a report of the answers a store gives. */
public final class ReportMaker {
  private static final long SECOND = 1_000_000_000L;

  private ReportMaker() {}

  /**
   * How the user wants a report.
   *
   * @param zone the zone times are shown in
   * @param top most rows of a list
   * @param by what the rows of the main table are
   * @param filter what the answers are about
   * @param generatedAt what the report says of when it was made, if anything
   */
  public record Options(ZoneId zone, int top, By by, Filter filter, @Nullable Instant generatedAt) {
    public Options {
      if (top < 1) {
        throw new IllegalArgumentException("--top " + top + ": give a number of 1 or more");
      }
    }
  }

  /**
   * Makes a report.
   *
   * @param unread what was named and could not be read, one line each
   */
  public static Report make(Questions questions, Options options, List<String> unread)
      throws StoreException {
    List<CaptureRow> captures = questions.captures().stream().map(ReportMaker::capture).toList();
    List<LedgerRow> ledger = questions.ledger().stream().map(ReportMaker::ledgerRow).toList();
    List<SiteRow> sites = questions.sites(options.top()).stream().map(ReportMaker::site).toList();
    List<ServerRow> servers =
        questions.unresolved(options.top()).stream().map(ReportMaker::server).toList();
    Totals totals =
        new Totals(
            ledger.stream().mapToLong(LedgerRow::packets).sum(),
            ledger.stream().mapToLong(LedgerRow::bytes).sum(),
            questions.connectionCount(),
            questions.siteCount(),
            questions.clientCount());
    return new Report(
        scope(captures, options, questions.hasLocalSites()),
        captures,
        unread.stream().map(UnreadRow::new).toList(),
        totals,
        ledger,
        sites,
        rest(questions.ofAllSites(), sites.stream().map(SiteRow::traffic)),
        options.by() == By.SITE ? null : grouping(questions, options),
        servers,
        rest(questions.ofAllUnresolved(), servers.stream().map(ServerRow::traffic)),
        questions.clients(options.top()).stream().map(ReportMaker::client).toList(),
        guesses(questions),
        questions.anomalies().stream().map(ReportMaker::anomaly).toList(),
        Details.NONE);
  }

  /** How a report on these captures is cut out. */
  public static Scope scope(List<CaptureRow> captures, Options options, boolean localSites) {
    return new Scope(
        latest(
            bound(captures.stream().map(CaptureRow::firstPacket), true), options.filter().from()),
        earliest(
            bound(captures.stream().map(CaptureRow::lastPacket), false), options.filter().to()),
        options.zone().getId(),
        options.top(),
        localSites,
        options.filter(),
        options.generatedAt());
  }

  private static @Nullable Instant bound(Stream<@Nullable Instant> times, boolean first) {
    Stream<Instant> known = times.filter(Objects::nonNull).map(Objects::requireNonNull);
    return (first ? known.min(Instant::compareTo) : known.max(Instant::compareTo)).orElse(null);
  }

  /** Without a packet there is nothing to bound. */
  private static @Nullable Instant latest(@Nullable Instant packet, @Nullable Instant bound) {
    return packet == null || bound == null || packet.isAfter(bound) ? packet : bound;
  }

  private static @Nullable Instant earliest(@Nullable Instant packet, @Nullable Instant bound) {
    return packet == null || bound == null || packet.isBefore(bound) ? packet : bound;
  }

  private static Grouping grouping(Questions questions, Options options) throws StoreException {
    Groups groups = questions.by(options.by());
    List<GroupRow> rows = groups.largest(options.top()).stream().map(ReportMaker::group).toList();
    return new Grouping(
        options.by(),
        rows,
        rest(groups.ofAll(), rows.stream().map(GroupRow::traffic)),
        groups.count());
  }

  private static GroupRow group(Groups.Group group) {
    return new GroupRow(
        group.name(),
        group.detail(),
        group.traffic(),
        group.evidence().stream().map(ReportMaker::evidence).toList(),
        group.sites().stream()
            .map(part -> new NameRow(Objects.requireNonNull(part.name()), part.traffic()))
            .toList(),
        group.clients().stream().map(ReportMaker::address).toList());
  }

  private static EvidenceRow evidence(Part part) {
    return new EvidenceRow(Objects.requireNonNull(part.name()), part.traffic());
  }

  private static AddressRow address(Part part) {
    return new AddressRow(Objects.requireNonNull(part.name()), part.traffic());
  }

  private static @Nullable Traffic rest(Traffic all, Stream<Traffic> listed) {
    Traffic rest = all.minus(Ledger.sum(listed));
    return rest.packets() == 0 ? null : rest;
  }

  private static @Nullable Instant instant(@Nullable Long nanos) {
    return nanos == null
        ? null
        : Instant.ofEpochSecond(nanos / SECOND, nanos % SECOND / 1000 * 1000);
  }

  /** Also for other kinds of reports. */
  public static CaptureRow capture(Questions.Capture c) {
    return new CaptureRow(
        c.id(),
        c.path(),
        c.fingerprint(),
        c.format(),
        c.linkTypes(),
        c.options(),
        c.fileBytes(),
        c.packets(),
        c.wireBytes(),
        c.dropped(),
        instant(c.firstTime()),
        instant(c.lastTime()),
        c.status(),
        c.message());
  }

  private static LedgerRow ledgerRow(Questions.LedgerClass c) {
    return new LedgerRow(c.name(), group(c), c.packets(), c.bytes());
  }

  /** What a class of the ledger means. */
  public static Group group(Questions.LedgerClass c) {
    if (c.proof() != null) {
      return c.proof() ? Group.PROVEN : Group.INFERRED;
    }
    return switch (c.name()) {
      case "none" -> Group.UNRESOLVED;
      case "local" -> Group.LOCAL;
      case "multicast" -> Group.MULTICAST;
      case "non-ip" -> Group.NON_IP;
      case "undecodable" -> Group.UNDECODABLE;
      case "filtered" -> Group.FILTERED;
      case "duplicate" -> Group.DUPLICATE;
      default -> throw new IllegalStateException("a class no report knows: " + c.name());
    };
  }

  /** Also for reports about some sites only. */
  public static SiteRow site(Questions.Site site) {
    return new SiteRow(
        site.name(),
        site.traffic(),
        site.provenBytes(),
        site.possibleBytes(),
        site.evidence().stream().map(ReportMaker::evidence).toList(),
        site.hosts().stream().map(part -> new HostRow(part.name(), part.traffic())).toList(),
        site.clients().stream().map(ReportMaker::address).toList());
  }

  static ServerRow server(Questions.Server server) {
    return new ServerRow(
        server.ip(), server.port(), server.protocol(), server.service(), null, server.traffic());
  }

  /**
   * Adds the owners of the networks that the unresolved servers listed are in. When the database
   * turns out to be damaged, none is added, and the report says so among what could not be read.
   */
  public static Report withOwners(Report report, NetworkOwners owners) {
    List<UnreadRow> unread = new ArrayList<>(report.unread());
    List<ServerRow> servers = new ArrayList<>();
    try {
      for (ServerRow server : report.unresolved()) {
        servers.add(server.ownedBy(owner(server, owners)));
      }
    } catch (IOException e) {
      unread.add(new UnreadRow(String.valueOf(e.getMessage())));
      return report.with(unread, report.unresolved());
    }
    return report.with(unread, servers);
  }

  private static @Nullable Owner owner(ServerRow server, NetworkOwners owners) throws IOException {
    Addresses.Words address = Addresses.parse(server.ip());
    return address == null ? null : owners.owner(address.high(), address.low());
  }

  private static ClientRow client(Questions.Client client) {
    return new ClientRow(client.ip(), client.name(), client.traffic());
  }

  private static Guesses guesses(Questions questions) throws StoreException {
    List<Agreement> agreements = questions.agreements();
    Map<String, List<Agreement>> byCapture =
        agreements.stream()
            .collect(groupingBy(Agreement::captureId, LinkedHashMap::new, Collectors.toList()));
    return new Guesses(
        questions.provenFlowCount(),
        guessRows(agreements),
        byCapture.entrySet().stream()
            .map(c -> new CaptureGuesses(c.getKey(), guessRows(c.getValue())))
            .toList());
  }

  private static List<GuessRow> guessRows(List<Agreement> agreements) {
    return Arrays.stream(Evidence.values())
        .map(kind -> guessRow(kind.label(), agreements))
        .filter(row -> row.tally().flows() > 0)
        .toList();
  }

  private static GuessRow guessRow(String kind, List<Agreement> agreements) {
    List<Agreement> own = agreements.stream().filter(a -> a.kind().equals(kind)).toList();
    List<AgeRow> ages =
        Arrays.stream(Age.values())
            .map(age -> new AgeRow(age, sum(own.stream().filter(a -> a.age() == age))))
            .filter(row -> row.tally().flows() > 0)
            .toList();
    return new GuessRow(kind, sum(own.stream()), ages);
  }

  private static Tally sum(Stream<Agreement> agreements) {
    return agreements.map(Agreement::tally).reduce(Tally.NONE, Tally::plus);
  }

  private static AnomalyRow anomaly(Questions.OddThing odd) {
    return new AnomalyRow(odd.captureId(), odd.kind(), odd.count(), odd.firstPacket());
  }
}
