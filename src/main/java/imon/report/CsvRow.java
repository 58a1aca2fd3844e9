package imon.report;

import imon.report.text.CsvCells;
import imon.report.text.Figures;
import imon.report.text.ReportTimes;
import imon.store.Traffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of the table that {@link CsvReport} writes, while it is put together. */
final class CsvRow {
  enum Section {
    TOTAL,
    CAPTURE,
    UNREAD,
    PRUNED,
    LEDGER,
    SITE,
    OTHER_SITES,
    SITE_EVIDENCE,
    SITE_HOST,
    SITE_CLIENT,
    GROUP,
    GROUP_EVIDENCE,
    GROUP_SITE,
    GROUP_CLIENT,
    OTHER_GROUPS,
    UNRESOLVED,
    OTHER_UNRESOLVED,
    CLIENT,
    PROVEN,
    GUESS,
    GUESS_AGE,
    CAPTURE_GUESS,
    CAPTURE_GUESS_AGE,
    ANOMALY,
    SITE_SERVER,
    TIME,
    BLIND_SPOT,
    LOSS,
    ORIGIN
  }

  enum Column {
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
    OPTIONS,
    FILE_BYTES,
    DROPPED,
    STATUS,
    DETAIL,
    CLIENT,
    UNRESOLVED_CONNECTIONS,
    UNRESOLVED_BYTES,
    SHA256
  }

  static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  static List<String> head() {
    return Arrays.stream(Column.values()).map(CsvRow::lower).toList();
  }

  private final Map<Column, String> cells = new EnumMap<>(Column.class);

  CsvRow(Section section, @Nullable String name) {
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

  CsvRow text(Column column, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      cells.put(column, CsvCells.safe(text));
    }
    return this;
  }

  CsvRow number(Column column, @Nullable Long number) {
    if (number != null) {
      cells.put(column, number.toString());
    }
    return this;
  }

  CsvRow time(Column column, @Nullable Instant time) {
    if (time != null) {
      cells.put(column, ReportTimes.utc(time));
    }
    return this;
  }

  CsvRow amount(long packets, long bytes, long whole) {
    cells.put(Column.SHARE, Figures.fraction(bytes, whole));
    return number(Column.PACKETS, packets).number(Column.BYTES, bytes);
  }

  CsvRow traffic(Traffic traffic, long whole) {
    return number(Column.CONNECTIONS, traffic.connections())
        .number(Column.UP_PACKETS, traffic.upPackets())
        .number(Column.UP_BYTES, traffic.upBytes())
        .number(Column.DOWN_PACKETS, traffic.downPackets())
        .number(Column.DOWN_BYTES, traffic.downBytes())
        .amount(traffic.packets(), traffic.bytes(), whole);
  }
}
