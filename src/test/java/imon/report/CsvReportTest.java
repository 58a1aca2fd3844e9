package imon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReportTest {
  @Test
  void ledgerSitesAndUnresolvedSumUpToTheTotal() throws IOException {
    List<CSVRecord> rows = rows(ExampleReport.full());
    long total = sum(rows, "bytes", "total");
    assertEquals(61_312_455, total);
    assertEquals(total, sum(rows, "bytes", "ledger"));
    assertEquals(total, sum(rows, "bytes", "capture"));
    assertEquals(sum(rows, "packets", "total"), sum(rows, "packets", "ledger"));
    assertEquals(
        sum(rows, "bytes", "client"),
        sum(rows, "bytes", "site", "other_sites", "unresolved", "other_unresolved"));
    assertEquals(sum(rows, "bytes", "site"), sum(rows, "bytes", "site_evidence"));
    assertEquals(sum(rows, "bytes", "site"), sum(rows, "bytes", "site_host"));
    assertEquals(sum(rows, "bytes", "site"), sum(rows, "bytes", "site_client"));
  }

  @Test
  void agesAndCapturesSumUpToTheGuessesOfTheirKind() throws IOException {
    List<CSVRecord> rows = rows(ExampleReport.full());
    assertEquals(119, sum(rows, "flows", "proven"));
    for (String column :
        new String[] {"flows", "bytes", "same_site_flows", "same_site_bytes", "same_host_flows"}) {
      long all = sum(rows, column, "guess");
      assertTrue(all > 0, column);
      assertEquals(all, sum(rows, column, "capture_guess"));
      assertEquals(sum(rows, column, "guess_age"), sum(rows, column, "capture_guess_age"));
    }
    assertEquals(102, sum(rows, "flows", "guess_age"));
  }

  @Test
  void bytesAreUpAndDownTogether() throws IOException {
    for (CSVRecord row : rows(ExampleReport.full())) {
      if (!row.get("up_bytes").isEmpty()) {
        assertEquals(number(row, "bytes"), number(row, "up_bytes") + number(row, "down_bytes"));
        assertEquals(
            number(row, "packets"), number(row, "up_packets") + number(row, "down_packets"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\uFF1D1",
        "=\"a\",\"b\""
      })
  void aFormulaBecomesText(String formula) throws IOException {
    int seen = 0;
    for (CSVRecord row : rows(ExampleReport.hostile(formula))) {
      for (String cell : row) {
        assertFalse(cell.matches("(?s)[=+\\-@\t\r\uFF1D].*"), cell);
        seen += cell.startsWith("'") ? 1 : 0;
      }
    }
    assertTrue(seen > 20, "the text stands in many cells, here in " + seen);
  }

  @Test
  void aNumberIsNeverMadeText() throws IOException {
    for (CSVRecord row : rows(ExampleReport.full())) {
      assertTrue(row.get("bytes").matches("[0-9]*"), row.toString());
      assertTrue(row.get("share").matches("|[01]\\.[0-9]{6}"), row.toString());
    }
  }

  @Test
  void quotesCommasAndNewLinesStayInTheirCell() throws IOException {
    CSVRecord site =
        rows(ExampleReport.hostile("a\",b\r\n;c")).stream()
            .filter(row -> row.get("section").equals("site"))
            .findFirst()
            .orElseThrow();
    assertEquals("a\",b\uFFFD\uFFFD;c", site.get("name"));
    assertEquals("5300", site.get("bytes"));
  }

  @Test
  void everyLineEndsWithCrLf() throws IOException {
    String csv = Rendering.CSV.of(ExampleReport.full());
    assertTrue(csv.endsWith("\r\n"));
    assertEquals(-1, csv.replace("\r\n", "").indexOf('\n'));
  }

  private static List<CSVRecord> rows(Report report) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(new StringReader(Rendering.CSV.of(report)), format)) {
      return parser.getRecords();
    }
  }

  private static long sum(List<CSVRecord> rows, String column, String... sections) {
    return rows.stream()
        .filter(row -> List.of(sections).contains(row.get("section")))
        .mapToLong(row -> number(row, column))
        .sum();
  }

  private static long number(CSVRecord row, String column) {
    return Long.parseLong(row.get(column));
  }
}
