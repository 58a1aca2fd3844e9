package imon.report;

import imon.name.NetworkOwners.Owner;
import imon.store.Traffic;
import imon.store.ask.Agreement.Age;
import imon.store.ask.Agreement.Tally;
import imon.store.ask.By;
import imon.store.ask.PrunedCaptures;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every rendering shows: figures only, no query and no formatting. All lists are in their
 * final, total order. Bytes are wire bytes; {@code up} is client to server. Nothing here depends on
 * thread count, run time or the order of files.
 *
 * @param scope how the report was cut out: period, zone, rows asked for
 * @param captures the captures reported, by first packet, then fingerprint
 * @param unread what was named but is no capture, or could not be opened, as it was met
 * @param totals the sum of all captures, equal to the sum of {@code ledger}
 * @param ledger every class with at least one packet, in the order of {@link Group}
 * @param sites sites by bytes (descending), then name; at most {@code scope.top()} rows
 * @param otherSites what the sites beyond {@code scope.top()} sum up to, or null if there are none
 * @param grouping the same traffic in other rows, which then are the main table; or null
 * @param unresolved unresolved internet traffic by server, the largest first; at most {@code
 *     scope.top()} rows
 * @param otherUnresolved what the servers beyond {@code scope.top()} sum up to, or null if there
 *     are none
 * @param clients client devices by bytes (descending), then address; at most {@code scope.top()}
 *     rows
 * @param guesses how often inference agrees with proof
 * @param anomalies what was odd in the captures, counted by name
 * @param details what a page shows beside its tables, as far as it was asked for
 */
public record Report(
    Scope scope,
    List<CaptureRow> captures,
    List<UnreadRow> unread,
    Totals totals,
    List<LedgerRow> ledger,
    List<SiteRow> sites,
    @Nullable Traffic otherSites,
    @Nullable Grouping grouping,
    List<ServerRow> unresolved,
    @Nullable Traffic otherUnresolved,
    List<ClientRow> clients,
    Guesses guesses,
    List<AnomalyRow> anomalies,
    Details details) {

  /** The same report with other rows of what could not be read, and of unresolved servers. */
  Report with(List<UnreadRow> newUnread, List<ServerRow> newUnresolved) {
    return with(scope, newUnread, newUnresolved, grouping, details);
  }

  /** The same report with the sites as its main table. */
  public Report bySite() {
    return with(scope, unread, unresolved, null, details);
  }

  /** The words of its command if it says when it was made: only then is it one run's report. */
  public List<String> commandOfRun() {
    return scope.generatedAt() == null ? List.of() : details.origin().command();
  }

  /** The same report with these details. */
  public Report with(Details newDetails) {
    return with(scope, unread, unresolved, grouping, newDetails);
  }

  /** The same report, which says that captures of its period were pruned. */
  public Report with(PrunedCaptures pruned) {
    return with(scope.with(pruned));
  }

  /** The same report that says this of how it was cut out. */
  public Report with(Scope newScope) {
    return with(newScope, unread, unresolved, grouping, details);
  }

  private Report with(
      Scope newScope,
      List<UnreadRow> newUnread,
      List<ServerRow> newUnresolved,
      @Nullable Grouping newGrouping,
      Details newDetails) {
    return new Report(
        newScope,
        captures,
        newUnread,
        totals,
        ledger,
        sites,
        otherSites,
        newGrouping,
        newUnresolved,
        otherUnresolved,
        clients,
        guesses,
        anomalies,
        newDetails);
  }

  /**
   * How the report was cut out of what is known.
   *
   * @param from first packet in the report, or where its period begins if that is later; null when
   *     there is none
   * @param to last packet in the report, or where its period ends if that is earlier; null likewise
   * @param zone the zone times are shown in, an IANA name
   * @param top most rows of a list
   * @param localSites whether local traffic is among the sites
   * @param filter what the user asked for only a part of
   * @param generatedAt when the report was made, only if the user asked for it
   * @param pruned captures of the period that have lost their flows
   */
  public record Scope(
      @Nullable Instant from,
      @Nullable Instant to,
      String zone,
      int top,
      boolean localSites,
      Filter filter,
      @Nullable Instant generatedAt,
      PrunedCaptures pruned) {
    /** Of captures that all have their flows. */
    public Scope(
        @Nullable Instant from,
        @Nullable Instant to,
        String zone,
        int top,
        boolean localSites,
        Filter filter,
        @Nullable Instant generatedAt) {
      this(from, to, zone, top, localSites, filter, generatedAt, PrunedCaptures.NONE);
    }

    Scope with(PrunedCaptures others) {
      return new Scope(from, to, zone, top, localSites, filter, generatedAt, others);
    }
  }

  /**
   * The part of all traffic that a report is about.
   *
   * @param from begin of its period (a whole minute), or null when that is open
   * @param to end of its period, likewise
   * @param client address or block of addresses of the client devices, or null for all
   */
  public record Filter(@Nullable Instant from, @Nullable Instant to, @Nullable String client) {
    public static final Filter NONE = new Filter(null, null, null);
  }

  /**
   * One capture as the reader saw it.
   *
   * @param id the visible capture id: 16 hexadecimal digits of the fingerprint
   * @param path as it was named by the user, {@code -} for standard input
   * @param options those that changed what was taken in, such as a filter; empty when there were
   *     none
   * @param status {@code ok}, {@code cut} (the last record is not whole, normal), or {@code
   *     damaged} (unread bytes)
   * @param message one line about the status, or null
   * @param dropped packets the capturing side says it lost, or null if it does not say
   */
  public record CaptureRow(
      String id,
      String path,
      String fingerprint,
      String format,
      String linkTypes,
      String options,
      long fileBytes,
      long packets,
      long wireBytes,
      @Nullable Long dropped,
      @Nullable Instant firstPacket,
      @Nullable Instant lastPacket,
      String status,
      @Nullable String message) {}

  /** Something that was named and could not be read: one line that says what and why. */
  public record UnreadRow(String message) {}

  /**
   * The headline figures.
   *
   * @param sites how many sites there are, also beyond {@code top}
   * @param clients how many client devices there are, also beyond {@code top}
   */
  public record Totals(long packets, long bytes, long connections, long sites, long clients) {}

  /** What a class of the ledger means to a reader, in the order a report shows it. */
  public enum Group {
    PROVEN("proven"),
    INFERRED("inferred"),
    UNRESOLVED("unresolved"),
    LOCAL("local"),
    MULTICAST("multicast"),
    NON_IP("non-IP"),
    UNDECODABLE("undecodable"),
    FILTERED("filtered"),
    DUPLICATE("duplicate");

    private final String label;

    Group(String label) {
      this.label = label;
    }

    /** The word a reader sees; in lower case it is the word of CSV and JSON. */
    public String label() {
      return label;
    }
  }

  /**
   * One class of the ledger: {@code name} is an evidence kind, {@code none}, {@code local}, {@code
   * multicast}, {@code non-ip}, ...
   */
  public record LedgerRow(String name, Group group, long packets, long bytes) {}

  /**
   * One site.
   *
   * @param provenBytes bytes that belong to this site for sure: the least it can have used
   * @param possibleBytes bytes that can belong to this site: the most it can have used
   * @param evidence traffic by evidence kind, strongest kind first
   * @param hosts the largest hosts of the site; a null host means traffic of which only the site is
   *     known
   * @param clients the largest clients of the site
   */
  public record SiteRow(
      String site,
      Traffic traffic,
      long provenBytes,
      long possibleBytes,
      List<EvidenceRow> evidence,
      List<HostRow> hosts,
      List<AddressRow> clients) {}

  /**
   * Traffic by something else than its site.
   *
   * @param rows by bytes (descending), then name; at most {@code scope.top()} rows
   * @param other what the rows beyond these sum up to, or null if there are none
   * @param count how many rows there are, also beyond {@code scope.top()}
   */
  public record Grouping(By by, List<GroupRow> rows, @Nullable Traffic other, long count) {}

  /**
   * A host, a client device or a source.
   *
   * @param detail the site of a host, the name of a client device; null when there is none
   * @param evidence traffic by evidence kind, strongest kind first, {@code none} last
   * @param sites its largest sites; none for a host
   * @param clients its largest clients; none for a client
   */
  public record GroupRow(
      String name,
      @Nullable String detail,
      Traffic traffic,
      List<EvidenceRow> evidence,
      List<NameRow> sites,
      List<AddressRow> clients) {}

  /** Traffic of one site. */
  public record NameRow(String site, Traffic traffic) {}

  /** Traffic named by one kind of evidence. */
  public record EvidenceRow(String kind, Traffic traffic) {}

  /** Traffic of one host name. */
  public record HostRow(@Nullable String host, Traffic traffic) {}

  /** Traffic of one address, RFC 5952 text. */
  public record AddressRow(String ip, Traffic traffic) {}

  /**
   * Unresolved traffic to one server: {@code port} is null where the protocol has none, {@code
   * service} where it is not known, {@code owner} of the server's network where nobody asked for it
   * or it is not known.
   */
  public record ServerRow(
      String ip,
      @Nullable Integer port,
      String protocol,
      @Nullable String service,
      @Nullable Owner owner,
      Traffic traffic) {
    ServerRow ownedBy(@Nullable Owner newOwner) {
      return new ServerRow(ip, port, protocol, service, newOwner, traffic);
    }
  }

  /** Internet traffic of one client device. */
  public record ClientRow(String ip, @Nullable String name, Traffic traffic) {}

  /**
   * What inference would have said of flows that their own packets name, held against that proof.
   *
   * @param provenFlows how many such flows there are, of the traffic that is among the sites; a
   *     part that continues a connection is none
   * @param kinds the kinds that had something to say of at least one of them, the strongest first
   * @param captures the same for each capture of which a kind had something to say, in the order of
   *     the captures
   */
  public record Guesses(long provenFlows, List<GuessRow> kinds, List<CaptureGuesses> captures) {
    public static final Guesses NONE = new Guesses(0, List.of(), List.of());
  }

  /** How one kind of inference did; {@code ages} is empty for a kind without ages. */
  public record GuessRow(String kind, Tally tally, List<AgeRow> ages) {}

  /** How the answers of one age did. */
  public record AgeRow(Age age, Tally tally) {}

  /** How inference did in one capture. */
  public record CaptureGuesses(String captureId, List<GuessRow> kinds) {}

  /** How often something odd was seen, and in which packet of which capture first. */
  public record AnomalyRow(String captureId, String kind, long count, long firstPacketNumber) {}
}
