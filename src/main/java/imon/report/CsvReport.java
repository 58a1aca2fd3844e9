package imon.report;

import imon.name.NetworkOwners.Owner;
import imon.report.CsvRow.Column;
import imon.report.CsvRow.Section;
import imon.report.Report.GroupRow;
import imon.report.Report.Grouping;
import imon.report.Report.SiteRow;
import imon.store.Traffic;
import imon.store.ask.Agreement.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * The report as one long table (RFC 4180: commas, CRLF, a header line). The column {@code section}
 * says what a row is about; a column that means nothing there is empty. Numbers are plain decimal
 * digits, shares are fractions of the report's bytes from 0 to 1, times are those of {@link
 * JsonReport}.
 *
 * <p>Text that a spreadsheet would run as a formula begins with an apostrophe. Each character that
 * cannot be seen is replaced by U+FFFD.
 */
public final class CsvReport {
  /** Writes the table, header first. */
  public void write(Report report, Appendable out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180);
    printer.printRecord(CsvRow.head());
    for (CsvRow row : rows(report)) {
      printer.printRecord(row.cells());
    }
    printer.flush();
  }

  private static List<CsvRow> rows(Report report) {
    List<CsvRow> rows = new ArrayList<>();
    long whole = report.totals().bytes();
    rows.add(total(report));
    Map<String, String> sums = report.details().origin().sha256();
    report.captures().forEach(c -> rows.add(capture(c).text(Column.SHA256, sums.get(c.id()))));
    report
        .unread()
        .forEach(u -> rows.add(new CsvRow(Section.UNREAD, null).text(Column.DETAIL, u.message())));
    PrunedText.ofTraffic(report.scope().pruned())
        .forEach(line -> rows.add(new CsvRow(Section.PRUNED, null).text(Column.DETAIL, line)));
    report.ledger().forEach(l -> rows.add(ledger(l, whole)));
    report.sites().forEach(s -> addSite(rows, s, whole));
    addRest(rows, Section.OTHER_SITES, report.otherSites(), whole);
    Grouping grouping = report.grouping();
    if (grouping != null) {
      addGrouping(rows, grouping, whole);
    }
    report.unresolved().forEach(s -> rows.add(server(Section.UNRESOLVED, s, whole)));
    addRest(rows, Section.OTHER_UNRESOLVED, report.otherUnresolved(), whole);
    for (Report.ClientRow client : report.clients()) {
      rows.add(
          new CsvRow(Section.CLIENT, client.ip())
              .text(Column.DETAIL, client.name())
              .traffic(client.traffic(), whole));
    }
    addGuesses(rows, report.guesses());
    report.anomalies().forEach(a -> rows.add(anomaly(a)));
    rows.addAll(CsvDetails.of(report));
    return rows;
  }

  private static void addGuesses(List<CsvRow> rows, Report.Guesses guesses) {
    rows.add(new CsvRow(Section.PROVEN, "proven").number(Column.FLOWS, guesses.provenFlows()));
    for (Report.GuessRow row : guesses.kinds()) {
      rows.add(guess(Section.GUESS, row.kind(), row.tally()));
      row.ages().forEach(age -> rows.add(guess(Section.GUESS_AGE, row.kind(), age)));
    }
    for (Report.CaptureGuesses capture : guesses.captures()) {
      String id = capture.captureId();
      for (Report.GuessRow row : capture.kinds()) {
        rows.add(guess(Section.CAPTURE_GUESS, row.kind(), row.tally()).text(Column.CAPTURE_ID, id));
        for (Report.AgeRow age : row.ages()) {
          rows.add(guess(Section.CAPTURE_GUESS_AGE, row.kind(), age).text(Column.CAPTURE_ID, id));
        }
      }
    }
  }

  private static CsvRow guess(Section section, String kind, Report.AgeRow age) {
    return guess(section, kind, age.tally()).text(Column.AGE, CsvRow.lower(age.age()));
  }

  private static CsvRow guess(Section section, String kind, Tally tally) {
    return new CsvRow(section, kind)
        .text(Column.EVIDENCE, kind)
        .number(Column.FLOWS, tally.flows())
        .number(Column.BYTES, tally.bytes())
        .number(Column.SAME_SITE_FLOWS, tally.sameSiteFlows())
        .number(Column.SAME_SITE_BYTES, tally.sameSiteBytes())
        .number(Column.HOST_FLOWS, tally.hostFlows())
        .number(Column.SAME_HOST_FLOWS, tally.sameHostFlows());
  }

  private static CsvRow total(Report report) {
    Report.Totals totals = report.totals();
    return new CsvRow(Section.TOTAL, "total")
        .number(Column.CONNECTIONS, totals.connections())
        .amount(totals.packets(), totals.bytes(), totals.bytes())
        .time(Column.FIRST_TIME, report.scope().from())
        .time(Column.LAST_TIME, report.scope().to());
  }

  private static CsvRow capture(Report.CaptureRow capture) {
    return new CsvRow(Section.CAPTURE, capture.path())
        .text(Column.CAPTURE_ID, capture.id())
        .text(Column.FINGERPRINT, capture.fingerprint())
        .text(Column.FORMAT, capture.format())
        .text(Column.LINK_TYPES, capture.linkTypes())
        .text(Column.OPTIONS, capture.options())
        .number(Column.FILE_BYTES, capture.fileBytes())
        .number(Column.DROPPED, capture.dropped())
        .number(Column.PACKETS, capture.packets())
        .number(Column.BYTES, capture.wireBytes())
        .time(Column.FIRST_TIME, capture.firstPacket())
        .time(Column.LAST_TIME, capture.lastPacket())
        .text(Column.STATUS, capture.status())
        .text(Column.DETAIL, capture.message());
  }

  private static CsvRow ledger(Report.LedgerRow row, long whole) {
    return new CsvRow(Section.LEDGER, row.name())
        .text(Column.PARENT, row.group().label().toLowerCase(Locale.ROOT))
        .amount(row.packets(), row.bytes(), whole);
  }

  private static void addSite(List<CsvRow> rows, SiteRow site, long whole) {
    rows.add(
        new CsvRow(Section.SITE, site.site())
            .text(Column.EVIDENCE, SiteEvidence.dominant(site.evidence()))
            .traffic(site.traffic(), whole)
            .number(Column.PROVEN_BYTES, site.provenBytes())
            .number(Column.POSSIBLE_BYTES, site.possibleBytes()));
    for (Report.EvidenceRow evidence : site.evidence()) {
      rows.add(
          part(Section.SITE_EVIDENCE, site.site(), evidence.kind(), evidence.traffic(), whole)
              .text(Column.EVIDENCE, evidence.kind()));
    }
    for (Report.HostRow host : site.hosts()) {
      rows.add(part(Section.SITE_HOST, site.site(), host.host(), host.traffic(), whole));
    }
    for (Report.AddressRow client : site.clients()) {
      rows.add(part(Section.SITE_CLIENT, site.site(), client.ip(), client.traffic(), whole));
    }
  }

  private static CsvRow part(
      Section section, String parent, @Nullable String name, Traffic traffic, long whole) {
    return new CsvRow(section, name).text(Column.PARENT, parent).traffic(traffic, whole);
  }

  private static void addGrouping(List<CsvRow> rows, Grouping grouping, long whole) {
    String by = CsvRow.lower(grouping.by());
    for (GroupRow group : grouping.rows()) {
      rows.add(
          new CsvRow(Section.GROUP, group.name())
              .text(Column.PARENT, by)
              .text(Column.DETAIL, group.detail())
              .text(Column.EVIDENCE, SiteEvidence.dominant(group.evidence()))
              .traffic(group.traffic(), whole));
      for (Report.EvidenceRow row : group.evidence()) {
        rows.add(
            part(Section.GROUP_EVIDENCE, group.name(), row.kind(), row.traffic(), whole)
                .text(Column.EVIDENCE, row.kind()));
      }
      for (Report.NameRow row : group.sites()) {
        rows.add(part(Section.GROUP_SITE, group.name(), row.site(), row.traffic(), whole));
      }
      for (Report.AddressRow row : group.clients()) {
        rows.add(part(Section.GROUP_CLIENT, group.name(), row.ip(), row.traffic(), whole));
      }
    }
    Traffic other = grouping.other();
    if (other != null) {
      rows.add(
          new CsvRow(Section.OTHER_GROUPS, null).text(Column.PARENT, by).traffic(other, whole));
    }
  }

  private static void addRest(
      List<CsvRow> rows, Section section, @Nullable Traffic rest, long whole) {
    if (rest != null) {
      rows.add(new CsvRow(section, null).traffic(rest, whole));
    }
  }

  static CsvRow server(Section section, Report.ServerRow server, long whole) {
    Integer port = server.port();
    Owner owner = server.owner();
    return new CsvRow(section, server.ip())
        .number(Column.PORT, port == null ? null : port.longValue())
        .text(Column.PROTOCOL, server.protocol())
        .text(Column.SERVICE, server.service())
        .text(Column.DETAIL, owner == null ? null : owner.text())
        .traffic(server.traffic(), whole);
  }

  private static CsvRow anomaly(Report.AnomalyRow anomaly) {
    return new CsvRow(Section.ANOMALY, anomaly.kind())
        .text(Column.CAPTURE_ID, anomaly.captureId())
        .number(Column.COUNT, anomaly.count())
        .number(Column.FIRST_PACKET_NUMBER, anomaly.firstPacketNumber());
  }
}
