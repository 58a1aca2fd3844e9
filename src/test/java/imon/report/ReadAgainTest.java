package imon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.report.Details.Origin;
import imon.report.read.ReportFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports that are read back from their JSON. */
class ReadAgainTest {
  @ParameterizedTest
  @EnumSource
  void everyFormatIsWhatItWas(Rendering rendering) throws IOException {
    for (Report report :
        List.of(
            ExampleReport.full(),
            withoutCommand(ExampleReport.grouped()),
            ExampleReport.empty(),
            ExampleReport.large(40))) {
      assertEquals(rendering.of(report), rendering.of(again(report)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void hostileNamesStayWhatTheyWere(Rendering rendering) throws IOException {
    for (String name : HostileText.all()) {
      Report report = withoutCommand(ExampleReport.hostileGroups(name));
      assertEquals(rendering.of(report), rendering.of(again(report)), name);
    }
  }

  @Test
  void lossesFollowFromWhatIsRead() throws IOException {
    Losses losses = Losses.of(again(ExampleReport.full()));
    assertEquals(Losses.of(ExampleReport.full()), losses);
    assertEquals(5, losses.copiesCounted());
    assertEquals(61, losses.copiesApart());
  }

  @Test
  void theCommandIsOfOneRunAndOnlyToldWithItsTime() throws IOException {
    assertEquals(
        ExampleReport.full().details().origin(), again(ExampleReport.full()).details().origin());
    assertEquals(List.of(), again(ExampleReport.grouped()).details().origin().command());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"up_bytes\": 1020114 | \"up_bytes\": -5 | -5 is not from 0 to",
        "\"up_bytes\": 1020114 | \"up_bytes\": 1e999 | is no whole number",
        "\"up_bytes\": 1020114 | \"up_bytes\": 1.5 | is no whole number",
        "\"up_bytes\": 1020114 | \"up_bytes\": \"7\" | '7' is no whole number",
        "\"up_bytes\": 1020114 | \"up_bytes\": 99999999999999999999 | is no whole number",
        "\"up_bytes\": 1020114 | \"up_bytes\": 9223372036854775807 | is not from 0 to",
        "\"up_bytes\": 1020114 | \"up_bytes\": 1020115 | is not what the directions add up to",
        "\"up_bytes\": 1020114 | \"up_byte\": 1020114 | sites[0].up_bytes: is missing",
        "\"top\": 5 | \"top\": 0 | scope.top: 0 is not from 1",
        "\"zone\": \"Europe/Berlin\" | \"zone\": \"Mars\" | scope.zone: no such zone",
        "\"group\": \"proven\" | \"group\": \"sure\" | ledger[0].group: no such word",
        "\"packets\": 62136 | \"packets\": 62137 | the ledger does not add up",
        "\"schema_version\": 1 | \"schema_version\": 2 | take a newer imon",
        "\"schema_version\": 1 | \"schema_version\": \"1\" | is no whole number",
        "2026-11-01T07:00:00.000001Z | yesterday | 'yesterday' is no time",
        "\"step_minutes\": 1 | \"step_minutes\": 0 | timeline.step_minutes: 0 is not from 1",
        "\"site\": 2 | \"site\": 3 | 3 is not from 0 to 2",
        "\"captures\": | \"capture\": | captures: is missing",
        "\"sites\": [ | \"sites\": {}, \"x\": [ | sites: is no array",
        "\"schema_version\": 1, | \"schema_version\": 1, \"schema_version\": 1, | line 2",
        "\"unread\": [ | \"unread\": [ 7, | unread[0]: '7' is no object",
        "\"unread\": [ | \"unread\": [ ] ] | line ",
      })
  void whatCannotBeIsRefusedByItsField(String was, String is, String says) throws IOException {
    String json = Rendering.JSON.of(ExampleReport.full());
    assertTrue(json.contains(was), was);
    assertRefused(json.replace(was, is), says);
  }

  @Test
  void figuresThatAddUpToTooMuchAreRefused() throws IOException {
    String huge = Long.toString(1L << 56);
    String json = Rendering.JSON.of(ExampleReport.large(300));
    assertRefused(
        json.replaceAll("\"proven_bytes\": [0-9]+", "\"proven_bytes\": " + huge), "add up");
  }

  @Test
  void everyCutOfADocumentIsRefusedInOneLine() throws IOException {
    String json = Rendering.JSON.of(ExampleReport.full()).strip();
    for (int length = 0; length < json.length(); length += 97) {
      assertRefused(json.substring(0, length), "x.json: ");
    }
    assertRefused(json + "{}", "goes on after its end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "\"text\"",
        "{\"schema_version\": 1}",
        "\u0000\u0001",
        "<html>",
        "{\"sites\": [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}",
        "{\"schema_version\": 1, \"scope\": {}}"
      })
  void whatIsNoReportIsRefused(String document) {
    assertRefused(document, "x.json: ");
  }

  @Test
  void aMessageShowsNoControlCharacterOfTheFile() throws IOException {
    String json = Rendering.JSON.of(ExampleReport.full());
    String hostile = "\"up_bytes\": \"\\u001b[31m\\u202e" + "x".repeat(500) + "\"";
    assertRefused(json.replace("\"up_bytes\": 1020114", hostile), "is no whole number");
  }

  @Test
  void textLongerThanAnyNameIsRefused() {
    assertRefused("{\"schema_version\": \"" + "a".repeat(3 << 20) + "\"}", "beyond all bounds");
  }

  @Test
  void fieldsOfLaterBuildsArePassedOverAndThoseOfEarlierOnesSuffice() throws IOException {
    String json = Rendering.JSON.of(ExampleReport.full());
    String later = json.replace("\"unread\": [", "\"unread_too\": [{\"x\": 1}], \"unread\": [");
    assertEquals(json, Rendering.JSON.of(read(later)));
    String earlier = json.replace("\"timeline\": {", "\"line\": {").replace("\"origin\"", "\"o\"");
    assertFalse(Rendering.HTML.of(read(earlier)).contains("id=\"time\""));
    String near = Rendering.JSON.of(ExampleReport.hostile("a.example"));
    assertEquals(near, Rendering.JSON.of(read(near.replace("\"outside\": null,", ""))));
  }

  private static void assertRefused(String document, String says) {
    IOException refusal = assertThrows(IOException.class, () -> read(document));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.startsWith("x.json: "), message);
    assertTrue(message.contains(says), message);
    assertTrue(message.length() < 300, message);
    assertTrue(message.codePoints().noneMatch(c -> c < ' ' || c == 0x202e), message);
  }

  private static Report again(Report report) throws IOException {
    return read(Rendering.JSON.of(report));
  }

  private static Report read(String json) throws IOException {
    return ReportFile.read(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "x.json");
  }

  private static Report withoutCommand(Report report) {
    Origin origin = report.details().origin();
    return report.with(
        report.details().from(new Origin(origin.version(), List.of(), origin.sha256())));
  }
}
