package imon.report.metrics;

import imon.report.Losses;
import imon.report.Report;
import imon.report.Report.CaptureRow;
import imon.report.Report.Filter;
import imon.report.Report.LedgerRow;
import imon.report.Report.SiteRow;
import imon.report.SiteEvidence;
import imon.store.Traffic;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The report as metrics, in the Prometheus text format 0.0.4 and in OpenMetrics 1.0 alike. {@code
 * docs/metrics.md} says what each means. Bytes are wire bytes, times seconds since 1970 UTC.
 */
public final class MetricsReport {
  private static final String BYTES = "bytes";
  private static final String PACKETS = "packets";
  private static final String SECONDS = "seconds";

  /** Writes the metrics; lines end with LF. */
  public void write(Report report, Appendable out) throws IOException {
    for (MetricFamily family : families(report)) {
      family.write(out);
    }
    out.append("# EOF\n");
  }

  private static List<MetricFamily> families(Report report) {
    List<MetricFamily> families = new ArrayList<>();
    addTotals(families, report);
    addLedger(families, report.ledger());
    addSites(families, report);
    addCaptures(families, report);
    addTimes(families, report);
    return families;
  }

  private static void addTotals(List<MetricFamily> families, Report report) {
    families.add(
        new MetricFamily("imon_report_info", "", "Which imon made the report; always 1.")
            .add(1, "version", report.details().origin().version()));
    Report.Totals totals = report.totals();
    families.add(
        family("imon_report_bytes", BYTES, "All bytes of the report.").add(totals.bytes()));
    families.add(
        family("imon_report_packets", PACKETS, "All packets of the report.").add(totals.packets()));
    families.add(
        family("imon_report_connections", "connections", "All connections of the report.")
            .add(totals.connections()));
    families.add(
        family("imon_report_sites", "sites", "Sites, also those not listed.").add(totals.sites()));
    families.add(
        family("imon_report_clients", "clients", "Client devices, also those not listed.")
            .add(totals.clients()));
  }

  private static void addLedger(List<MetricFamily> families, List<LedgerRow> ledger) {
    MetricFamily bytes =
        family("imon_ledger_bytes", BYTES, "Bytes by class of the ledger; all add up.");
    MetricFamily packets =
        family("imon_ledger_packets", PACKETS, "Packets by class of the ledger; all add up.");
    MetricFamily evidence =
        family("imon_evidence_bytes", BYTES, "Bytes of internet traffic by what named it.");
    for (LedgerRow row : ledger) {
      String group = row.group().label().toLowerCase(Locale.ROOT);
      bytes.add(row.bytes(), "class", row.name(), "group", group);
      packets.add(row.packets(), "class", row.name(), "group", group);
      if (isEvidence(row)) {
        boolean proof = row.group() == Report.Group.PROVEN;
        evidence.add(row.bytes(), "evidence", row.name(), "proof", String.valueOf(proof));
      }
    }
    families.addAll(List.of(bytes, packets, evidence));
  }

  private static boolean isEvidence(LedgerRow row) {
    return switch (row.group()) {
      case PROVEN, INFERRED, UNRESOLVED -> true;
      case LOCAL, MULTICAST, NON_IP, UNDECODABLE, FILTERED, DUPLICATE -> false;
    };
  }

  private static void addSites(List<MetricFamily> families, Report report) {
    MetricFamily bytes =
        family("imon_site_bytes", BYTES, "Bytes of the largest sites; up is from the client.");
    MetricFamily packets = family("imon_site_packets", PACKETS, "Packets of the largest sites.");
    MetricFamily connections =
        family("imon_site_connections", "connections", "Connections of the largest sites.");
    MetricFamily proven =
        family("imon_site_evidence_bytes", BYTES, "Bytes of the largest sites by proof or guess.");
    for (SiteRow site : report.sites()) {
      addDirections(bytes, packets, site.traffic(), "site", site.site());
      connections.add(site.traffic().connections(), "site", site.site());
      long proof = SiteEvidence.proofBytes(site);
      proven.add(proof, "site", site.site(), "proof", "true");
      proven.add(site.traffic().bytes() - proof, "site", site.site(), "proof", "false");
    }
    families.addAll(List.of(bytes, packets, connections, proven));
    Traffic others = report.otherSites();
    MetricFamily otherBytes =
        family("imon_other_sites_bytes", BYTES, "Bytes of all sites that are not listed.");
    MetricFamily otherPackets =
        family("imon_other_sites_packets", PACKETS, "Packets of all sites that are not listed.");
    addDirections(otherBytes, otherPackets, others == null ? Traffic.NONE : others);
    families.addAll(List.of(otherBytes, otherPackets));
  }

  private static void addDirections(
      MetricFamily bytes, MetricFamily packets, Traffic traffic, String... labels) {
    List<String> up = new ArrayList<>(List.of(labels));
    up.addAll(List.of("direction", "up"));
    List<String> down = new ArrayList<>(List.of(labels));
    down.addAll(List.of("direction", "down"));
    bytes.add(traffic.upBytes(), up.toArray(String[]::new));
    bytes.add(traffic.downBytes(), down.toArray(String[]::new));
    packets.add(traffic.upPackets(), up.toArray(String[]::new));
    packets.add(traffic.downPackets(), down.toArray(String[]::new));
  }

  private static void addCaptures(List<MetricFamily> families, Report report) {
    MetricFamily captures =
        family("imon_captures", "captures", "Captures by how far they could be read.");
    for (String status : List.of("ok", "cut", "damaged")) {
      captures.add(0, "status", status);
    }
    for (CaptureRow capture : report.captures()) {
      captures.add(1, "status", capture.status());
    }
    families.add(captures);
    families.add(
        family("imon_captures_unread", "", "What was named and could not be read.")
            .add(report.unread().size()));
    Losses losses = Losses.of(report);
    MetricFamily dropped =
        family("imon_dropped_packets", PACKETS, "Packets that the capturing side says it lost.");
    if (losses.droppedPackets() != null) {
      dropped.add(losses.droppedPackets());
    }
    families.add(dropped);
    families.add(
        family("imon_captures_silent", "", "Captures that do not say what they lost.")
            .add(losses.silentCaptures()));
  }

  private static void addTimes(List<MetricFamily> families, Report report) {
    Filter filter = report.scope().filter();
    addTime(families, "first_packet", "The first packet.", report.scope().from());
    addTime(families, "last_packet", "The last packet.", report.scope().to());
    addTime(families, "period_start", "Begin of the period asked for.", filter.from());
    addTime(families, "period_end", "End of the period asked for.", filter.to());
    addTime(families, "generated", "When the report was made.", report.scope().generatedAt());
  }

  private static void addTime(
      List<MetricFamily> families, String what, String help, @Nullable Instant time) {
    if (time != null) {
      families.add(family("imon_report_" + what + "_timestamp_seconds", SECONDS, help).add(time));
    }
  }

  private static MetricFamily family(String name, String unit, String help) {
    return new MetricFamily(name, unit, help);
  }
}
