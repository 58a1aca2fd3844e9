package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueryAnswerTest {
  private static final BigInteger LARGE = BigInteger.TWO.pow(100);

  private final StringWriter out = new StringWriter();
  private final List<@Nullable Object> reused = new ArrayList<>();

  /** Gives a row the way a query does: in a list that is used again. */
  private void row(QueryAnswer answer, @Nullable Object... values) throws IOException {
    reused.clear();
    reused.addAll(Arrays.asList(values));
    answer.row(reused);
  }

  @Test
  void csvHasAHeaderAndQuotesWhatNeedsIt() throws IOException {
    QueryAnswer csv = new QueryAnswer.Csv(out);
    csv.columns(List.of("site", "bytes"));
    row(csv, "a,b \"c\"", 5L);
    row(csv, null, null);
    csv.end();
    assertEquals("site,bytes\r\n\"a,b \"\"c\"\"\",5\r\n,\r\n", out.toString());
  }

  @Test
  void csvNeutralisesTextAndLeavesNumbers() throws IOException {
    QueryAnswer csv = new QueryAnswer.Csv(out);
    row(csv, "=1+2", -5, new BigDecimal("-1.50"), "-5", true);
    csv.end();
    assertEquals("'=1+2,-5,-1.50,'-5,true\r\n", out.toString());
  }

  @Test
  void jsonKeepsTypesAndExactNumbers() throws IOException {
    QueryAnswer json = new QueryAnswer.Json(out);
    json.columns(List.of("text", "none", "flag", "large", "decimal", "real", "long"));
    row(json, "a\"\u0001\u202e", null, true, LARGE, new BigDecimal("0.1"), 0.5, Long.MIN_VALUE);
    json.end();
    JsonNode row = new ObjectMapper().readTree(out.toString()).get(0);
    assertEquals("a\"\u0001\u202e", row.get("text").asText());
    assertTrue(row.get("none").isNull());
    assertTrue(row.get("flag").booleanValue());
    assertEquals(LARGE, row.get("large").bigIntegerValue());
    assertEquals("0.1", row.get("decimal").asText());
    assertEquals(0.5, row.get("real").doubleValue());
    assertEquals(Long.MIN_VALUE, row.get("long").longValue());
    assertTrue(out.toString().endsWith("\n"));
  }

  @Test
  void jsonWithoutRowsIsAnEmptyArray() throws IOException {
    QueryAnswer json = new QueryAnswer.Json(out);
    json.columns(List.of("a"));
    json.end();
    assertEquals(0, new ObjectMapper().readTree(out.toString()).size());
    assertTrue(new ObjectMapper().readTree(out.toString()).isArray());
  }

  @Test
  void jsonHoldsNumbersThatAreNone() throws IOException {
    QueryAnswer json = new QueryAnswer.Json(out);
    json.columns(List.of("a"));
    row(json, Double.NaN);
    json.end();
    assertEquals("NaN", new ObjectMapper().readTree(out.toString()).get(0).get("a").asText());
  }

  @Test
  void aTableIsAsWideAsItsCellsWithNumbersToTheRight() throws IOException {
    QueryAnswer table = new QueryAnswer.Table(out);
    table.columns(List.of("site", "bytes", "last"));
    row(table, "example.com", 5L, null);
    row(table, "b.org", 12_345L, "x");
    table.end();
    assertEquals(
        """
        site         bytes  last
        example.com      5
        b.org        12345  x
        """,
        out.toString());
  }

  @Test
  void aTableShowsNoControlCharacters() throws IOException {
    QueryAnswer table = new QueryAnswer.Table(out);
    table.columns(List.of("a\u001b[2J"));
    row(table, "x\ny");
    table.end();
    assertEquals("a\ufffd[2J\nx\ufffdy\n", out.toString());
  }

  @Test
  void aTableOfManyRowsLosesNone() throws IOException {
    QueryAnswer table = new QueryAnswer.Table(out);
    table.columns(List.of("n"));
    for (int i = 0; i < 2500; i++) {
      row(table, i);
    }
    table.end();
    List<String> lines = out.toString().lines().map(String::strip).toList();
    assertEquals(2501, lines.size());
    assertEquals("999", lines.get(1000));
    assertEquals("2499", lines.get(2500));
  }

  @Test
  void aVeryLongCellMakesNoVeryWideTable() throws IOException {
    QueryAnswer table = new QueryAnswer.Table(out);
    table.columns(List.of("a", "b"));
    row(table, "x".repeat(500), 1);
    row(table, "y", 2);
    table.end();
    assertEquals("y" + " ".repeat(59) + "  2", out.toString().lines().toList().get(2));
  }
}
