package imon.report;

import imon.name.NetworkOwners.Owner;
import imon.report.Report.SiteRow;
import imon.store.Traffic;
import imon.store.ask.Agreement.Tally;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
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
  private enum Section {
    TOTAL,
    CAPTURE,
    UNREAD,
    LEDGER,
    SITE,
    OTHER_SITES,
    SITE_EVIDENCE,
    SITE_HOST,
    SITE_CLIENT,
    UNRESOLVED,
    OTHER_UNRESOLVED,
    CLIENT,
    PROVEN,
    GUESS,
    GUESS_AGE,
    CAPTURE_GUESS,
    CAPTURE_GUESS_AGE,
    ANOMALY
  }

  private enum Column {
    SECTION,
    NAME,
    PARENT,
    EVIDENCE,
    PORT,
    PROTOCOL,
    SERVICE,
    CONNECTIONS,
    UP_PACKETS,
    UP_BYTES,
    DOWN_PACKETS,
    DOWN_BYTES,
    PACKETS,
    BYTES,
    SHARE,
    PROVEN_BYTES,
    POSSIBLE_BYTES,
    AGE,
    FLOWS,
    SAME_SITE_FLOWS,
    SAME_SITE_BYTES,
    HOST_FLOWS,
    SAME_HOST_FLOWS,
    COUNT,
    CAPTURE_ID,
    FIRST_PACKET_NUMBER,
    FIRST_TIME,
    LAST_TIME,
    FINGERPRINT,
    FORMAT,
    LINK_TYPES,
    FILE_BYTES,
    DROPPED,
    STATUS,
    DETAIL
  }

  /** Writes the table, header first. */
  public void write(Report report, Appendable out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180);
    for (Column column : Column.values()) {
      printer.print(lower(column));
    }
    printer.println();
    for (Row row : rows(report)) {
      printer.printRecord(row.cells());
    }
    printer.flush();
  }

  private static List<Row> rows(Report report) {
    List<Row> rows = new ArrayList<>();
    long whole = report.totals().bytes();
    rows.add(total(report));
    report.captures().forEach(capture -> rows.add(capture(capture)));
    report
        .unread()
        .forEach(u -> rows.add(new Row(Section.UNREAD, null).text(Column.DETAIL, u.message())));
    report.ledger().forEach(l -> rows.add(ledger(l, whole)));
    report.sites().forEach(s -> addSite(rows, s, whole));
    addRest(rows, Section.OTHER_SITES, report.otherSites(), whole);
    report.unresolved().forEach(s -> rows.add(server(s, whole)));
    addRest(rows, Section.OTHER_UNRESOLVED, report.otherUnresolved(), whole);
    for (Report.ClientRow client : report.clients()) {
      rows.add(
          new Row(Section.CLIENT, client.ip())
              .text(Column.DETAIL, client.name())
              .traffic(client.traffic(), whole));
    }
    addGuesses(rows, report.guesses());
    report.anomalies().forEach(a -> rows.add(anomaly(a)));
    return rows;
  }

  private static void addGuesses(List<Row> rows, Report.Guesses guesses) {
    rows.add(new Row(Section.PROVEN, "proven").number(Column.FLOWS, guesses.provenFlows()));
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

  private static Row guess(Section section, String kind, Report.AgeRow age) {
    return guess(section, kind, age.tally()).text(Column.AGE, lower(age.age()));
  }

  private static Row guess(Section section, String kind, Tally tally) {
    return new Row(section, kind)
        .text(Column.EVIDENCE, kind)
        .number(Column.FLOWS, tally.flows())
        .number(Column.BYTES, tally.bytes())
        .number(Column.SAME_SITE_FLOWS, tally.sameSiteFlows())
        .number(Column.SAME_SITE_BYTES, tally.sameSiteBytes())
        .number(Column.HOST_FLOWS, tally.hostFlows())
        .number(Column.SAME_HOST_FLOWS, tally.sameHostFlows());
  }

  private static Row total(Report report) {
    Report.Totals totals = report.totals();
    return new Row(Section.TOTAL, "total")
        .number(Column.CONNECTIONS, totals.connections())
        .amount(totals.packets(), totals.bytes(), totals.bytes())
        .time(Column.FIRST_TIME, report.scope().from())
        .time(Column.LAST_TIME, report.scope().to());
  }

  private static Row capture(Report.CaptureRow capture) {
    return new Row(Section.CAPTURE, capture.path())
        .text(Column.CAPTURE_ID, capture.id())
        .text(Column.FINGERPRINT, capture.fingerprint())
        .text(Column.FORMAT, capture.format())
        .text(Column.LINK_TYPES, capture.linkTypes())
        .number(Column.FILE_BYTES, capture.fileBytes())
        .number(Column.DROPPED, capture.dropped())
        .number(Column.PACKETS, capture.packets())
        .number(Column.BYTES, capture.wireBytes())
        .time(Column.FIRST_TIME, capture.firstPacket())
        .time(Column.LAST_TIME, capture.lastPacket())
        .text(Column.STATUS, capture.status())
        .text(Column.DETAIL, capture.message());
  }

  private static Row ledger(Report.LedgerRow row, long whole) {
    return new Row(Section.LEDGER, row.name())
        .text(Column.PARENT, row.group().label().toLowerCase(Locale.ROOT))
        .amount(row.packets(), row.bytes(), whole);
  }

  private static void addSite(List<Row> rows, SiteRow site, long whole) {
    rows.add(
        new Row(Section.SITE, site.site())
            .text(Column.EVIDENCE, SiteEvidence.dominant(site))
            .traffic(site.traffic(), whole)
            .number(Column.PROVEN_BYTES, site.provenBytes())
            .number(Column.POSSIBLE_BYTES, site.possibleBytes()));
    for (Report.EvidenceRow evidence : site.evidence()) {
      rows.add(
          part(Section.SITE_EVIDENCE, site, evidence.kind(), evidence.traffic(), whole)
              .text(Column.EVIDENCE, evidence.kind()));
    }
    for (Report.HostRow host : site.hosts()) {
      rows.add(part(Section.SITE_HOST, site, host.host(), host.traffic(), whole));
    }
    for (Report.AddressRow client : site.clients()) {
      rows.add(part(Section.SITE_CLIENT, site, client.ip(), client.traffic(), whole));
    }
  }

  private static Row part(
      Section section, SiteRow site, @Nullable String name, Traffic traffic, long whole) {
    return new Row(section, name).text(Column.PARENT, site.site()).traffic(traffic, whole);
  }

  private static void addRest(List<Row> rows, Section section, @Nullable Traffic rest, long whole) {
    if (rest != null) {
      rows.add(new Row(section, null).traffic(rest, whole));
    }
  }

  private static Row server(Report.ServerRow server, long whole) {
    Integer port = server.port();
    Owner owner = server.owner();
    return new Row(Section.UNRESOLVED, server.ip())
        .number(Column.PORT, port == null ? null : port.longValue())
        .text(Column.PROTOCOL, server.protocol())
        .text(Column.SERVICE, server.service())
        .text(Column.DETAIL, owner == null ? null : owner.text())
        .traffic(server.traffic(), whole);
  }

  private static Row anomaly(Report.AnomalyRow anomaly) {
    return new Row(Section.ANOMALY, anomaly.kind())
        .text(Column.CAPTURE_ID, anomaly.captureId())
        .number(Column.COUNT, anomaly.count())
        .number(Column.FIRST_PACKET_NUMBER, anomaly.firstPacketNumber());
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  /** One line of the table while it is put together. */
  private static final class Row {
    private final Map<Column, String> cells = new EnumMap<>(Column.class);

    Row(Section section, @Nullable String name) {
      cells.put(Column.SECTION, lower(section));
      text(Column.NAME, name);
    }

    List<String> cells() {
      List<String> line = new ArrayList<>();
      for (Column column : Column.values()) {
        line.add(cells.getOrDefault(column, ""));
      }
      return line;
    }

    Row text(Column column, @Nullable String text) {
      if (text != null && !text.isEmpty()) {
        cells.put(column, CsvCells.safe(text));
      }
      return this;
    }

    Row number(Column column, @Nullable Long number) {
      if (number != null) {
        cells.put(column, number.toString());
      }
      return this;
    }

    Row time(Column column, @Nullable Instant time) {
      if (time != null) {
        cells.put(column, ReportTimes.utc(time));
      }
      return this;
    }

    Row amount(long packets, long bytes, long whole) {
      cells.put(Column.SHARE, Figures.fraction(bytes, whole));
      return number(Column.PACKETS, packets).number(Column.BYTES, bytes);
    }

    Row traffic(Traffic traffic, long whole) {
      return number(Column.CONNECTIONS, traffic.connections())
          .number(Column.UP_PACKETS, traffic.upPackets())
          .number(Column.UP_BYTES, traffic.upBytes())
          .number(Column.DOWN_PACKETS, traffic.downPackets())
          .number(Column.DOWN_BYTES, traffic.downBytes())
          .amount(traffic.packets(), traffic.bytes(), whole);
    }
  }
}
