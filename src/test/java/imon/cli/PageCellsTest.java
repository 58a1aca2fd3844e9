package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.samples.Tape;
import imon.store.ask.page.Timeline;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cells inlined in a page against the rest of the report. */
class PageCellsTest {
  @TempDir private Path folder;

  @LongTest
  @ParameterizedTest
  @ValueSource(
      strings = {
        "browsing.pcap",
        "devices.pcap",
        "shared-address.pcap",
        "hostile-names.pcap",
        "http-proxy.pcap",
        "mdns.pcap"
      })
  void cellsSumUpToEachGroupOfTheLedger(String name) throws IOException {
    for (List<String> options :
        List.of(List.<String>of(), List.of("--local-sites", "--top", "2"))) {
      assertSumsUp("analyze", Program.SAMPLES.resolve(name), options);
    }
  }

  @Test
  void cellsOfAllSamplesAreFewAndSumUp() throws IOException {
    JsonNode page = assertSumsUp("analyze", Program.SAMPLES, List.of());
    assertTrue(page.at("/cells/step").size() <= Timeline.MOST_CELLS);
    assertTrue(page.get("outside").asBoolean(), "few packets, half a century away");
    assertTrue(page.get("width").asInt() < 60, "steps of the others: " + page.get("width"));
  }

  @Test
  void aStoreGivesTheCellsThatTheCaptureGave() throws IOException {
    Path store = folder.resolve("browsing.db");
    Path capture = Program.SAMPLES.resolve("browsing.pcap");
    JsonNode direct = assertSumsUp("analyze", capture, List.of());
    FilledStore.make(store, capture);
    JsonNode stored = assertSumsUp("report", null, List.of("--db", store.toString()));
    assertEquals(direct.toPrettyString(), stored.toPrettyString());
  }

  @Test
  void aLongStoreIsToldByHours() throws IOException {
    Path store = folder.resolve("long.db");
    Path later = folder.resolve("later.pcap");
    Tape tape = new Tape().after(2200 * 3600 * Tape.SECOND);
    for (int i = 0; i < 200; i++) {
      tape.udp("10.0.0.1:50000", "203.0.113.1:4000", new byte[1000]);
    }
    Files.write(later, tape.pcap());
    FilledStore.make(
        store,
        Program.SAMPLES.resolve("browsing.pcap"),
        Program.SAMPLES.resolve("beyond-2200.pcapng"),
        later);
    JsonNode page = assertSumsUp("report", null, List.of("--db", store.toString()));
    assertEquals(120, page.get("width").asInt());
    assertTrue(page.get("outside").asBoolean(), "packets of 2200");
    JsonNode days =
        assertSumsUp(
            "report",
            null,
            List.of("--db", store.toString(), "--from", "2026-03-02T08:03", "--to", "2026-03-03"));
    assertEquals(1, days.get("width").asInt());
  }

  @Test
  void moreClientsAndSitesThanCellsCanTellApartAreOthers() throws IOException {
    JsonNode page =
        assertSumsUp("analyze", Program.SAMPLES.resolve("browsing.pcap"), List.of("--top", "1"));
    assertEquals(1, page.get("sites").size());
    assertEquals(1, page.get("clients").size());
    assertTrue(values(page, "site").contains(1L));
    assertTrue(values(page, "client").contains(1L));
  }

  /** Runs a command that reports; the sums of its cells are those of its ledger. */
  private JsonNode assertSumsUp(String command, Path capture, List<String> options)
      throws IOException {
    Path html = folder.resolve("page.html");
    Path json = folder.resolve("page.json");
    List<Object> words = new ArrayList<>(List.of("--tz", "UTC", "--html", html, "--json", json));
    words.addAll(options);
    if (capture != null) {
      words.add(capture);
    }
    Program run = Program.run(command, words);
    assertTrue(run.exitCode() == 0 || run.exitCode() == 3, run.err());
    JsonNode cells = inlined(html);
    assertEquals(ledger(Program.parse(Files.readString(json))), groups(cells));
    return cells;
  }

  private static JsonNode inlined(Path html) throws IOException {
    Matcher matcher =
        Pattern.compile("(?s)<script type=\"application/json\" id=\"traffic\">(.*?)</script>")
            .matcher(Files.readString(html));
    assertTrue(matcher.find(), "cells in the page");
    return Program.parse(matcher.group(1));
  }

  private static Map<String, Long> ledger(JsonNode report) {
    Map<String, Long> groups = new TreeMap<>();
    report
        .get("ledger")
        .forEach(
            row -> groups.merge(row.get("group").asText(), row.get("bytes").asLong(), Long::sum));
    return groups;
  }

  private static Map<String, Long> groups(JsonNode page) {
    List<Long> up = values(page, "up");
    List<Long> down = values(page, "down");
    List<Long> kinds = values(page, "kind");
    Map<String, Long> groups = new TreeMap<>();
    for (int i = 0; i < kinds.size(); i++) {
      String group = page.get("kinds").get(kinds.get(i).intValue()).get("group").asText();
      groups.merge(group, up.get(i) + down.get(i), Long::sum);
    }
    return groups;
  }

  private static List<Long> values(JsonNode page, String column) {
    List<Long> values = new ArrayList<>();
    page.get("cells").get(column).forEach(value -> values.add(value.asLong()));
    return values;
  }
}
