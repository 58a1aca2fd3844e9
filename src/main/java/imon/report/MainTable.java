package imon.report;

import imon.report.Report.EvidenceRow;
import imon.report.Report.GroupRow;
import imon.report.Report.Grouping;
import imon.report.Report.SiteRow;
import imon.store.Traffic;
import imon.store.ask.By;
import java.util.List;
import java.util.Locale;

/** The rows of a report's main table: its sites, unless it was asked for others. */
public final class MainTable {
  /** Stands for a source that has no name. */
  private static final String UNNAMED = "(unnamed)";

  private final Report report;

  /**
   * One row.
   *
   * @param evidence the kinds that hold most of its bytes
   * @param proven whether these are proof
   */
  public record Row(String name, Traffic traffic, String evidence, boolean proven) {}

  public MainTable(Report report) {
    this.report = report;
  }

  public By by() {
    Grouping grouping = report.grouping();
    return grouping == null ? By.SITE : grouping.by();
  }

  /** What a row is, as a word. */
  public String noun() {
    return by().name().toLowerCase(Locale.ROOT);
  }

  public List<Row> rows() {
    Grouping grouping = report.grouping();
    return grouping == null
        ? report.sites().stream().map(MainTable::row).toList()
        : grouping.rows().stream().map(MainTable::row).toList();
  }

  /** How a group is called where people read. */
  public static String name(GroupRow group) {
    return group.name().isEmpty() ? UNNAMED : group.name();
  }

  private static Row row(SiteRow site) {
    return row(site.site(), site.traffic(), site.evidence());
  }

  private static Row row(GroupRow group) {
    return row(name(group), group.traffic(), group.evidence());
  }

  private static Row row(String name, Traffic traffic, List<EvidenceRow> evidence) {
    return new Row(
        name, traffic, SiteEvidence.dominant(evidence), SiteEvidence.dominantlyProven(evidence));
  }
}
