package imon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imon.report.Report.Filter;
import imon.report.Report.Scope;
import imon.report.explain.Explanation;
import imon.report.explain.Explanation.CaptureRow;
import imon.report.explain.Explanation.EvidenceRow;
import imon.report.explain.Explanation.KindRow;
import imon.report.explain.Explanation.Place;
import imon.report.explain.Explanation.RivalRow;
import imon.report.explain.ExplanationJson;
import imon.report.explain.ExplanationSheet;
import imon.report.sheet.Sheet;
import imon.report.sheet.SheetCsv;
import imon.report.sheet.SheetHtml;
import imon.report.sheet.SheetMarkdown;
import imon.report.sheet.SheetTable;
import imon.report.text.PageTemplates;
import imon.report.text.Sizes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How an explanation is shown. */
class ExplanationTest {
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant TIME = Instant.parse("2026-03-02T08:00:01.25Z");
  private static final Place PACKET =
      new Place("00112233445566aa", "nights/a b.pcap", 12_345L, TIME);
  private static final Place HOSTS_FILE = new Place(null, null, null, null);

  @Test
  void theJsonHasTheFieldsOfItsDocumentAndItsSchema() throws IOException {
    JsonNode json = MAPPER.readTree(json(example("a.example")));
    JsonNode schema = MAPPER.readTree(Path.of("docs/explain.schema.json").toFile());
    Set<String> documented = new TreeSet<>();
    DOCUMENTED
        .matcher(Files.readString(Path.of("docs/explain-json.md")))
        .results()
        .forEach(row -> documented.add(row.group(1)));
    assertEquals(JsonFields.of(json), documented);
    assertEquals(documented, JsonFields.ofSchema(schema));
    assertEquals(List.of(), SchemaCheck.faults(schema, json));
    assertEquals(12_345, json.at("/kinds/0/evidence/0/packet").asInt());
    assertEquals("2026-03-02T08:00:01.250000Z", json.at("/kinds/0/evidence/0/time").asText());
    assertTrue(json.at("/kinds/1/evidence/0/packet").isNull());
  }

  @Test
  void aTableHasACommandToRunForEachFilter() throws IOException {
    String table = text(example("a.example"), Form.TABLE);
    assertTrue(
        table.endsWith(
            """

            tshark -r 'nights/a b.pcap' -Y 'frame.number in {12345}'
            tshark -r 'nights/a b.pcap' -Y 'ip.addr == 192.0.2.1'
            """),
        table);
    assertTrue(table.contains("\nptr, inference\n"), table);
    assertTrue(table.contains("total, with 4 more"), table);
    assertTrue(table.lines().allMatch(line -> line.length() <= 80), table);
  }

  @Test
  void csvHasTheFiltersInTheirColumns() throws IOException {
    String csv = text(example("a.example"), Form.CSV);
    assertTrue(csv.startsWith("section,name,kind,packet,time,capture_id,path,flows,bytes,"), csv);
    assertTrue(csv.contains("frame.number in {12345},ip.addr == 192.0.2.1\r\n"), csv);
    assertTrue(
        csv.contains("evidence,a.example,tls,12345,2026-03-02T08:00:01.250000Z,00112233445566aa"),
        csv);
  }

  @Test
  void noControlCharacterAndNoMarkupOfANameGetsThrough() throws IOException {
    for (Form form : Form.values()) {
      String text = text(example("=a\u0000\u001b[31m\n\u202e|`<script>alert(1)</script>"), form);
      assertTrue(
          text.codePoints()
              .filter(c -> c != '\n' && c != '\r')
              .allMatch(c -> Character.getType(c) != Character.CONTROL && c != 0x202e),
          text);
      assertFalse(form == Form.HTML && text.contains("<script"), text);
      assertFalse(form == Form.CSV && text.contains(",="), text);
    }
  }

  private enum Form {
    TABLE,
    CSV,
    MARKDOWN,
    HTML
  }

  private static String text(Explanation explanation, Form form) throws IOException {
    Sheet sheet = ExplanationSheet.of(explanation);
    Writer text = new StringWriter();
    switch (form) {
      case TABLE ->
          new SheetTable(new TerminalTable.Options(80, false, false, Sizes.SI)).write(sheet, text);
      case CSV -> new SheetCsv().write(sheet, text);
      case MARKDOWN -> new SheetMarkdown(Sizes.SI).write(sheet, text);
      case HTML -> new SheetHtml(Sizes.SI, PageTemplates.BUILT_IN).write(sheet, text);
    }
    return text.toString();
  }

  private static String json(Explanation explanation) throws IOException {
    StringWriter text = new StringWriter();
    new ExplanationJson().write(explanation, text);
    return text.toString();
  }

  private static Explanation example(String name) {
    Scope scope = new Scope(TIME, TIME, "UTC", 1, true, Filter.NONE, null);
    return new Explanation(
        scope,
        name,
        8,
        9_000,
        List.of(
            new KindRow("tls", true, 5, 6_000, 5, List.of(new EvidenceRow(name, PACKET, 1, 2_000))),
            new KindRow(
                "ptr", false, 3, 3_000, 1, List.of(new EvidenceRow(null, HOSTS_FILE, 3, 3_000)))),
        List.of(new RivalRow("dns", name, name, PACKET, 2, 500)),
        2,
        List.of(
            new CaptureRow(
                "00112233445566aa",
                "nights/a b.pcap",
                1,
                8,
                9_000,
                "frame.number in {12345}",
                "ip.addr == 192.0.2.1")),
        1);
  }
}
