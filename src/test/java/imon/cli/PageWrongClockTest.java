package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.samples.Tape;
import imon.testing.Chromium;
import imon.testing.Chromium.Opened;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traffic over time where one packet of a capture, or one capture of several, is of 1970. */
class PageWrongClockTest {
  private static final String SERVER = "203.0.113.1:4000";
  private static final String FIRST_CLIENT = "10.0.0.1:50000";
  private static final String SECOND_CLIENT = "10.0.0.2:50000";
  private static final String MADE = "--generated-at=2026-03-03T08:00:00Z";
  private static final String SENTENCE =
      "Too far away in time for the picture: 1 packet, 428 B, 1970-01-01 00:01 to 00:02";

  @TempDir private static Path folder;
  private static Path wrong;
  private static Path report;

  @BeforeAll
  static void makeReport() throws IOException {
    wrong = write("wrong.pcap", far().append(tenMinutes()));
    report = folder.resolve("report");
    analyze(report, wrong);
  }

  /** 20 packets in each minute, from two clients. */
  private static Tape tenMinutes() {
    Tape tape = new Tape();
    for (int i = 0; i < 100; i++) {
      tape.udp(FIRST_CLIENT, SERVER, new byte[100]).udp(SECOND_CLIENT, SERVER, new byte[300]);
      tape.after(6 * Tape.SECOND);
    }
    return tape;
  }

  private static Tape far() {
    return new Tape().after(90 * Tape.SECOND - Tape.START).udp(FIRST_CLIENT, SERVER, new byte[400]);
  }

  private static Path write(String name, Tape tape) throws IOException {
    return Files.write(folder.resolve(name), tape.pcap());
  }

  private static void analyze(Path out, Object... words) {
    Program.run("analyze", List.of(words), "--tz", "UTC", MADE, "-o", out).done();
  }

  private static JsonNode json(Path out) throws IOException {
    return Program.parse(Files.readString(out.resolve("report.json")));
  }

  private static long sum(JsonNode rows, String... fields) {
    return StreamSupport.stream(rows.spliterator(), false)
        .flatMap(row -> Stream.of(fields).map(row::get))
        .mapToLong(JsonNode::asLong)
        .sum();
  }

  @Test
  void stepsAreOfTheOthersAndCellsOfAll() throws IOException {
    JsonNode whole = json(report);
    JsonNode timeline = whole.get("timeline");
    assertEquals("2026-03-02T08:00:00.000000Z", timeline.get("start").asText());
    assertEquals(1, timeline.get("step_minutes").asInt());
    assertEquals(10, timeline.get("steps").asInt());
    assertEquals(
        Program.parse(
            """
            {"from": "1970-01-01T00:01:00.000000Z", "to": "1970-01-01T00:02:00.000000Z",
             "packets": 1, "bytes": 428}
            """),
        timeline.get("outside"));
    assertTrue(timeline.at("/cells/0/step").isNull(), timeline.at("/cells/0").toString());
    assertEquals(0, timeline.at("/cells/1/step").asInt(-1));
    assertEquals(201, sum(timeline.get("cells"), "up_packets", "down_packets"));
    assertEquals(
        sum(whole.get("ledger"), "bytes"), sum(timeline.get("cells"), "up_bytes", "down_bytes"));
  }

  @Test
  void otherFormatsTellIt() throws IOException {
    List<String> markdown = Files.readAllLines(report.resolve("report.md"));
    assertEquals("1970-01-01 00:01:30 to 2026-03-02 08:09:54 UTC. " + SENTENCE, markdown.get(2));
    assertEquals(
        1,
        Files.readAllLines(report.resolve("report.csv")).stream()
            .filter(line -> line.startsWith("time,"))
            .filter(line -> line.contains("1970-01-01T00:01:00.000000Z"))
            .filter(line -> line.contains("1970-01-01T00:02:00.000000Z"))
            .count());
  }

  @Test
  void aReportMadeAgainOfItsJsonTellsIt() throws IOException {
    Path again = folder.resolve("again");
    Program.run("report", "--from-json", report.resolve("report.json"), "-o", again).done();
    for (String file : List.of("report.html", "report.csv", "report.json", "report.md")) {
      assertEquals(
          Files.readString(report.resolve(file)), Files.readString(again.resolve(file)), file);
    }
  }

  @Test
  void aReportWithPseudonymsTellsIt() throws IOException {
    Path hidden = folder.resolve("hidden");
    analyze(hidden, wrong, "--anonymize");
    assertEquals(json(report).at("/timeline/outside"), json(hidden).at("/timeline/outside"));
  }

  @Test
  void aStepOfNoTimeNeedsThatSomethingIsOutside() throws IOException {
    Path changed = folder.resolve("changed.json");
    String text = Files.readString(report.resolve("report.json"));
    Files.writeString(changed, text.replaceAll("(?s)\"outside\": \\{.*?}", "\"outside\": null"));
    Program run = Program.run("report", "--from-json", changed);
    assertTrue(run.exitCode() != 0 && run.err().contains("cells[0].step"), run.err());
  }

  @LongTest
  @Test
  void aStoreTellsItTooUnlessThePeriodLeavesItOut() throws IOException {
    Path store = folder.resolve("store.db");
    FilledStore.make(store, wrong);
    Path stored = folder.resolve("stored");
    Program.run("report", "--db", store, "--tz", "UTC", "-o", stored).done();
    assertEquals(json(report).get("timeline"), json(stored).get("timeline"));
    Program.run("report", "--db", store, "--tz", "UTC", "--from", "2026-03-02", "-o", stored)
        .done();
    assertTrue(json(stored).at("/timeline/outside").isNull());
    assertFalse(Files.readString(stored.resolve("report.md")).contains("Too far away"));
    assertFalse(Files.readString(stored.resolve("report.html")).contains("Too far away"));
  }

  @LongTest
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void filesInAnyOrderGiveTheSame(int workers) throws IOException {
    Path right = write("right.pcap", tenMinutes());
    Path far = write("far.pcap", far());
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    analyze(one, right, far, "--workers", workers);
    analyze(other, far, right, "--workers", workers);
    assertEquals(json(report).get("timeline"), json(one).get("timeline"));
    assertEquals(json(report).get("timeline"), json(other).get("timeline"));
  }

  /** So many that minutes are told apart only where there are few of them. */
  @LongTest
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofManyFlowsMinutesAreToldApart(boolean oneCapture) throws IOException {
    Tape many = new Tape();
    for (int i = 0; i < 200_100; i++) {
      String client = "10.0.%d.%d:%d".formatted(i % 100, i / 100 % 100 + 1, 50_000 + i / 10_000);
      many.udp(client, SERVER, new byte[100]).after(2 * Tape.SECOND / 1000);
    }
    Path out = folder.resolve("many" + oneCapture);
    if (oneCapture) {
      analyze(out, write("many.pcap", far().append(many)));
    } else {
      analyze(out, write("many.pcap", many), write("far.pcap", far()));
    }
    JsonNode timeline = json(out).get("timeline");
    assertEquals(1, timeline.get("step_minutes").asInt());
    assertEquals(7, timeline.get("steps").asInt());
    assertEquals(1, timeline.at("/outside/packets").asInt());
    assertEquals("1970-01-01T00:02:00.000000Z", timeline.at("/outside/to").asText());
  }

  @Test
  void thePageShowsTheOthersAndCountsAll() {
    try (Chromium chromium = new Chromium();
        Opened opened = chromium.open(report.resolve("report.html"))) {
      assertEquals(10, bars(opened));
      assertTrue(opened.text("#time").contains(SENTENCE + "."), opened.text("#time"));
      assertEquals("46,028 bytes", opened.text("[data-col=all-exact]"));
      select(opened, "client", client(opened, "10.0.0.1"));
      assertEquals("13,228 bytes", opened.text("[data-col=all-exact]"));
      assertTrue(opened.text("#said").startsWith("all times, client 10.0.0.1: "));
      select(opened, "from", "1");
      assertEquals("11,520 bytes", opened.text("[data-col=all-exact]"));
      assertTrue(opened.text("#said").startsWith("2026-03-02 08:01 to "), opened.text("#said"));
      assertEquals(10, bars(opened));
      opened.assertQuiet();
    }
  }

  @LongTest
  @Test
  void thePageWithoutScriptShowsTheOthers() {
    try (Chromium chromium = new Chromium();
        Opened opened = chromium.openWithoutScript(report.resolve("report.html"))) {
      String path = opened.page().locator(".drawing path:not(.grid)").getAttribute("d");
      assertEquals(10, path.chars().filter(letter -> letter == 'M').count(), path);
      assertTrue(opened.text("#time").contains(SENTENCE + "."), opened.text("#time"));
    }
  }

  /** Steps that have a bar in the picture. */
  private static Object bars(Opened opened) {
    return opened
        .page()
        .evaluate(
            "() => new Set(echarts.getInstanceByDom(document.getElementById('chart')).getOption()"
                + ".series.flatMap((s) => s.data.flatMap((bytes, i) => bytes ? [i] : []))).size");
  }

  private static String client(Opened opened, String address) {
    return opened
        .page()
        .locator("select[name=client] option:text-is('" + address + "')")
        .getAttribute("value");
  }

  private static void select(Opened opened, String name, String value) {
    opened.page().locator("select[name=" + name + "]").selectOption(value);
  }
}
