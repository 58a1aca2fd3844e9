package imon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JsonReportTest {
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void everyFieldIsDocumentedAndEveryDocumentedFieldIsThere() throws IOException {
    String document = Files.readString(Path.of("docs/report-json.md"));
    List<String> documented =
        DOCUMENTED.matcher(document).results().map(row -> row.group(1)).toList();
    assertEquals(rendered(), new TreeSet<>(documented));
    assertEquals(documented.size(), Set.copyOf(documented).size(), "a field is documented twice");
  }

  @Test
  void theSchemaHasEveryFieldAndNoOther() throws IOException {
    assertEquals(rendered(), JsonFields.ofSchema(schema()));
  }

  @Test
  void theExamplesFitTheSchema() throws IOException {
    for (Report report :
        List.of(ExampleReport.full(), ExampleReport.grouped(), ExampleReport.empty())) {
      List<String> faults = SchemaCheck.faults(schema(), json(report));
      assertEquals(List.of(), faults);
    }
  }

  @Test
  void theSchemaRefusesWhatDoesNotFit() throws IOException {
    String json = Rendering.JSON.of(ExampleReport.full());
    for (String[] change :
        new String[][] {
          {"\"schema_version\": 1", "\"schema_version\": 2"},
          {"\"top\": 5", "\"top\": 0"},
          {"\"status\": \"cut\"", "\"status\": \"fine\""},
          {"\"zone\": ", "\"zones\": "},
          {"07:00:00.000001Z", "07:00:00Z"},
          {"\"age\": \"after\"", "\"age\": \"old\""},
          {"\"dropped\": 17", "\"dropped\": \"17\""}
        }) {
      assertTrue(json.contains(change[0]), change[0]);
      JsonNode changed = MAPPER.readTree(json.replace(change[0], change[1]));
      assertFalse(SchemaCheck.faults(schema(), changed).isEmpty(), change[1]);
    }
  }

  @Test
  void timesAreRoundedDownToTheMicrosecond() throws IOException {
    JsonNode scope = json(ExampleReport.full()).get("scope");
    assertEquals("2026-11-01T07:00:00.000001Z", scope.get("from").textValue());
    assertEquals("2026-11-01T07:09:59.987654Z", scope.get("to").textValue());
  }

  @Test
  void textIsExactAndItsBytesAreAscii() throws IOException {
    String text = "a\u001b[31m\u202Eb\n\"</script>\u00e4\uD83D\uDE00";
    String json = Rendering.JSON.of(ExampleReport.hostile(text));
    assertTrue(json.chars().allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7F)));
    assertEquals(text, MAPPER.readTree(json).at("/sites/0/site").textValue());
  }

  @Test
  void linesEndWithLfAndTheLastOneToo() throws IOException {
    String json = Rendering.JSON.of(ExampleReport.full());
    assertTrue(json.endsWith("}\n"));
    assertEquals(-1, json.indexOf('\r'));
  }

  @Test
  void aKindHasItsAgesAndACaptureItsKinds() throws IOException {
    JsonNode guesses = json(ExampleReport.full()).get("guesses");
    assertEquals(119, guesses.get("proven_flows").asLong());
    assertEquals("certificate", guesses.at("/kinds/1/kind").asText());
    assertEquals(0, guesses.at("/kinds/1/ages").size());
    assertEquals("after", guesses.at("/kinds/2/ages/1/age").asText());
    assertEquals(2, guesses.at("/kinds/2/ages/1/same_site_flows").asLong());
    assertEquals("1badcafe1badcafe", guesses.at("/captures/1/capture_id").asText());
    assertEquals("dns-other", guesses.at("/captures/1/kinds/0/kind").asText());
  }

  private static Set<String> rendered() throws IOException {
    return JsonFields.of(json(ExampleReport.grouped()));
  }

  private static JsonNode json(Report report) throws IOException {
    return MAPPER.readTree(Rendering.JSON.of(report));
  }

  private static JsonNode schema() throws IOException {
    return MAPPER.readTree(Path.of("docs/report.schema.json").toFile());
  }
}
