package imon.report;

import imon.report.Report.Group;
import imon.report.Report.Grouping;
import imon.report.Report.LedgerRow;
import imon.report.text.Figures;
import imon.store.Traffic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a report by group, and the rows that lead from its listed sites to the bytes of the
 * captures.
 */
public final class Ledger {
  /** All packets of one group. */
  public record Slice(Group group, long packets, long bytes) {
    private static Slice of(LedgerRow row) {
      return new Slice(row.group(), row.packets(), row.bytes());
    }

    private static Slice sum(Slice one, Slice other) {
      return new Slice(one.group(), one.packets() + other.packets(), one.bytes() + other.bytes());
    }
  }

  /**
   * Traffic that no listed site has.
   *
   * @param group what it is of the ledger; null for the rows that are not listed
   * @param traffic the same bytes by direction, or null where a ledger does not say
   */
  public record Remainder(
      String label, @Nullable Group group, long packets, long bytes, @Nullable Traffic traffic) {}

  private final Report report;
  private final Map<Group, Slice> slices;

  public Ledger(Report report) {
    this.report = report;
    this.slices = new EnumMap<>(Group.class);
    report.ledger().forEach(row -> slices.merge(row.group(), Slice.of(row), Slice::sum));
  }

  /** The groups that have packets, in the order of {@link Group}. */
  public List<Slice> slices() {
    return List.copyOf(slices.values());
  }

  /** Every group with its share of the bytes: {@code 93.1 % proven, 4.2 % inferred}. */
  public String sentence() {
    if (slices.isEmpty()) {
      return "no packets";
    }
    return slices.values().stream()
        .map(s -> Figures.percent(s.bytes(), report.totals().bytes()) + " " + s.group().label())
        .collect(Collectors.joining(", "));
  }

  /** The rows that follow the listed sites, so that all together sum up to the captures. */
  public List<Remainder> remainders() {
    List<Remainder> rows = new ArrayList<>();
    addOthers(rows);
    slices.values().stream()
        .map(this::remainder)
        .filter(row -> row.packets() != 0 || row.bytes() != 0)
        .forEach(rows::add);
    return rows;
  }

  private void addOthers(List<Remainder> rows) {
    Grouping grouping = report.grouping();
    Traffic others = grouping == null ? report.otherSites() : grouping.other();
    if (others != null) {
      long count =
          grouping == null
              ? report.totals().sites() - report.sites().size()
              : grouping.count() - grouping.rows().size();
      String noun = new MainTable(report).noun();
      rows.add(remainder("other " + noun + "s (" + Figures.count(count) + ")", others));
    }
  }

  /** Whether the main table has traffic without a name, too. */
  private boolean hasUnresolved() {
    Grouping grouping = report.grouping();
    return grouping != null && !grouping.by().isNamed();
  }

  /** Traffic of all these together. */
  public static Traffic sum(Stream<Traffic> parts) {
    return parts.reduce(Traffic.NONE, Traffic::plus);
  }

  private static Remainder remainder(String label, Traffic traffic) {
    return new Remainder(label, null, traffic.packets(), traffic.bytes(), traffic);
  }

  private Remainder remainder(Slice slice) {
    String label = slice.group().label();
    return switch (slice.group()) {
      case PROVEN, INFERRED -> new Remainder(label, slice.group(), 0, 0, null);
      case UNRESOLVED ->
          hasUnresolved()
              ? new Remainder(label, slice.group(), 0, 0, null)
              : new Remainder(
                  label, slice.group(), slice.packets(), slice.bytes(), unresolved(slice));
      case LOCAL -> local(slice);
      case MULTICAST, NON_IP, UNDECODABLE, FILTERED, DUPLICATE ->
          new Remainder(label, slice.group(), slice.packets(), slice.bytes(), null);
    };
  }

  /** Local traffic that is not among the sites. */
  private Remainder local(Slice local) {
    if (hasUnresolved() && report.scope().localSites()) {
      return new Remainder(local.group().label(), local.group(), 0, 0, null);
    }
    Traffic sites = report.scope().localSites() ? siteTraffic() : null;
    if (sites == null) {
      return new Remainder(
          local.group().label(), local.group(), local.packets(), local.bytes(), null);
    }
    long packets = local.packets() + named().packets() - sites.packets();
    long bytes = local.bytes() + named().bytes() - sites.bytes();
    boolean someListed = bytes != local.bytes();
    return new Remainder(
        someListed ? "local without site" : "local", local.group(), packets, bytes, null);
  }

  private Slice named() {
    Slice none = new Slice(Group.PROVEN, 0, 0);
    return Slice.sum(
        slices.getOrDefault(Group.PROVEN, none), slices.getOrDefault(Group.INFERRED, none));
  }

  private Traffic siteTraffic() {
    return sum(
        Stream.concat(
            report.sites().stream().map(Report.SiteRow::traffic),
            Stream.ofNullable(report.otherSites())));
  }

  private @Nullable Traffic unresolved(Slice slice) {
    Traffic servers =
        sum(
            Stream.concat(
                report.unresolved().stream().map(Report.ServerRow::traffic),
                Stream.ofNullable(report.otherUnresolved())));
    return servers.bytes() == slice.bytes() ? servers : null;
  }
}
