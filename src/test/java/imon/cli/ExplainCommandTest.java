package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.cli.output.ExitCode;
import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.samples.Tape;
import imon.testing.Environment;
import imon.testing.LongTest;
import imon.testing.SpecialFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why names have their traffic, by the program as a whole. */
class ExplainCommandTest {
  private static final List<String> JSON = List.of("--tz", "UTC", "--json", "-", "--top", "1000");
  private static final Path BROWSING = Program.SAMPLES.resolve("browsing.pcap");

  @TempDir private static Path folder;
  private static Path store;

  /** A packet as a reader gives it out. */
  private record Copied(long time, int wireLength, int linkType, String bytes) {}

  @BeforeAll
  static void keepCaptures() {
    store = folder.resolve("imon.db");
    FilledStore.make(store, BROWSING, sample("shared-address"), sample("dns-cname"));
  }

  private static Path sample(String name) {
    return Program.SAMPLES.resolve(name + ".pcap");
  }

  private static JsonNode explained(Object... words) {
    return Program.run("explain", "--db", store, List.of(words), JSON).done().json();
  }

  @LongTest
  @Test
  void flowsAndBytesOfAllKindsAreThoseOfTheSite() {
    JsonNode report = Program.run("report", "--db", store, JSON).done().json();
    for (JsonNode site : report.get("sites")) {
      JsonNode explained = explained(site.get("site").asText());
      assertEquals(site.get("bytes"), explained.get("bytes"), site.get("site").asText());
      assertEquals(sum(explained.get("kinds"), "bytes"), explained.get("bytes").asLong());
      assertEquals(sum(explained.get("captures"), "bytes"), explained.get("bytes").asLong());
      for (JsonNode kind : explained.get("kinds")) {
        assertEquals(sum(kind.get("evidence"), "flows"), kind.get("flows").asLong());
        assertEquals(kind.get("evidence_count").asInt(), kind.get("evidence").size());
      }
    }
    assertEquals(13, report.get("sites").size());
  }

  @Test
  void eachPlaceIsOneOfTheEvidenceViewAndTheStrongestKindIsFirst() {
    JsonNode explained = explained("weatherhollow.com.au");
    assertEquals("tls", explained.at("/kinds/0/kind").asText());
    assertEquals("dns", explained.at("/kinds/1/kind").asText());
    for (JsonNode kind : explained.get("kinds")) {
      for (JsonNode row : kind.get("evidence")) {
        String sql =
            "SELECT count(*) AS n FROM evidence WHERE chosen AND kind = '%s' AND host = '%s'"
                    .formatted(kind.get("kind").asText(), row.get("host").asText())
                + " AND capture_id = '%s' AND packet_number = %d"
                    .formatted(row.get("capture_id").asText(), row.get("packet").asLong());
        JsonNode counted = Program.query(store, sql).get(0);
        assertEquals(row.get("flows").asLong(), counted.get("n").asLong());
      }
    }
  }

  @Test
  void whatCouldHaveNamedTheFlowsIsARival() throws IOException {
    List<JsonNode> sites =
        Program.query(
            store,
            "SELECT DISTINCT f.site, e.host AS rival FROM flows f JOIN evidence e USING (flow_id)"
                + " WHERE NOT e.chosen AND e.site <> f.site AND f.site IS NOT NULL");
    assertFalse(sites.isEmpty());
    for (JsonNode row : sites) {
      JsonNode rivals = explained(row.get("site").asText()).get("rivals");
      assertTrue(rivals.findValuesAsText("host").contains(row.get("rival").asText()));
    }
    JsonNode alone = explained("kestrelnews.com");
    assertEquals(alone.get("rival_count").asInt(), alone.get("rivals").size());
    assertFalse(alone.get("rivals").findValuesAsText("site").contains("kestrelnews.com"));
  }

  @Test
  void aPeriodAndAClientLeaveFlowsOut() {
    String all = "weatherhollow.com.au";
    assertEquals(3, explained(all).get("flows").asInt());
    assertEquals(1, explained(all, "--from", "2026-03-02T08:06").get("flows").asInt());
    assertEquals(0, explained(all, "--client", "192.168.1.99").get("flows").asInt());
    assertEquals(3, explained(all, "--client", "192.168.1.30").get("flows").asInt());
    assertTrue(explained(all, "--client", "192.168.1.99").get("captures").isEmpty());
  }

  @Test
  void anUnknownNameIsToldWithNamesLikeIt() {
    Program run = Program.run("explain", "--db", store, "kestrelnews.co").ended(ExitCode.FAILED);
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("imon: kestrelnews.co: no flow has this name; near: kes"));
    Program alone = Program.run("explain", "--db", store, "x", "--flows").ended(ExitCode.USAGE);
    assertEquals(1, alone.complaints().size(), alone.err());
  }

  @Test
  void packetsAreCopiedWithTheirTimesLengthsAndLinkTypes() throws IOException {
    Path cut = folder.resolve("evidence.pcapng");
    JsonNode explained = explained("weatherhollow.com.au", "--pcap", cut);
    Map<Long, Copied> all = packets(BROWSING);
    List<Copied> wanted = new ArrayList<>();
    for (JsonNode kind : explained.get("kinds")) {
      for (JsonNode row : kind.get("evidence")) {
        wanted.add(all.get(row.get("packet").asLong()));
      }
    }
    assertEquals(3, wanted.size());
    List<Copied> copied = List.copyOf(packets(cut).values());
    assertTrue(copied.containsAll(wanted) && wanted.containsAll(copied));
    assertEquals(wanted.size(), copied.size());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cut)));
  }

  @Test
  void packetsReplaceNoPipe() throws Exception {
    Path pipe = SpecialFile.pipe(folder.resolve("pipe"));
    Program run =
        Program.run("explain", "--db", store, "weatherhollow.com.au", "--pcap", pipe)
            .ended(ExitCode.FAILED);
    assertEquals(
        List.of("imon: cannot write " + pipe + ": it is no regular file; give the name of one"),
        run.complaints());
    assertEquals("", run.out());
    assertFalse(Files.isRegularFile(pipe));
  }

  @Test
  void packetsHaveAFileOfTheirOwn() {
    Program run =
        Program.run("explain", "--db", store, "weatherhollow.com.au", "--pcap", "-")
            .ended(ExitCode.USAGE);
    assertEquals(1, run.complaints().size(), run.err());
    assertTrue(run.err().contains("--pcap -: give the name of a file"), run.err());
  }

  @Test
  void packetsGoWhereALinkLeadsAndPermissionsOfAnOldFilePassOn() throws IOException {
    Path place = folder.resolve("place.pcapng");
    Path link = Files.createSymbolicLink(folder.resolve("link.pcapng"), place);
    explained("weatherhollow.com.au", "--pcap", link);
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(place)));
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(place, new byte[0]);
    explained("weatherhollow.com.au", "--pcap", link);
    assertEquals(3, packets(place).size());
    assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(place)));
  }

  @LongTest
  @Test
  void allPacketsOfItsFlowsMakeItsBytesAgain() throws IOException {
    for (String name : List.of("kestrelnews.com", "weatherhollow.com.au", "lanternreel.tv")) {
      Path cut = folder.resolve(name + ".pcapng");
      Path again = folder.resolve(name + ".db");
      JsonNode explained = explained(name, "--pcap", cut, "--flows");
      FilledStore.make(again, cut);
      long bytes =
          Program.query(
                  again,
                  "SELECT sum(up_bytes + down_bytes) AS n FROM flows WHERE evidence"
                      + " NOT IN ('none')")
              .get(0)
              .get("n")
              .asLong();
      assertEquals(explained.get("bytes").asLong(), bytes, name);
    }
  }

  @Test
  void fragmentsThatFollowTheFirstOneAreCopiedToo() throws IOException {
    assertAllIsCopied("fragments", sample("fragmented-hello"), "kestrelnews.com", 0);
  }

  @Test
  void fragmentsThatATunnelCutAgainAreCopiedToo() throws IOException {
    Path capture = folder.resolve("cut-again.pcap");
    String resolver = "10.0.0.53:53";
    String client = "10.0.0.1:50000";
    Tape tape = new Tape();
    tape.udp(client, resolver, Tape.query(1, "cut.example.com"));
    byte[] answer = Tape.answer(1, "cut.example.com", 60, "203.0.113.1");
    tape.udp(resolver, client, answer);
    tape.fragmentsInFragmentedTunnel(
        "192.0.2.1:0", "192.0.2.2:0", client, "203.0.113.1:4000", new byte[112], 40, 40);
    Files.write(capture, tape.pcap());
    int answers = 20 + 8 + answer.length;
    assertEquals(312, assertAllIsCopied("cut-again", capture, "example.com", answers));
  }

  /** Bytes of a site of a capture, all of which are copied, beside so many of answers. */
  private static long assertAllIsCopied(String name, Path capture, String site, int answers)
      throws IOException {
    Path other = folder.resolve(name + ".db");
    Path cut = folder.resolve(name + ".pcapng");
    FilledStore.make(other, capture);
    long bytes =
        Program.run("explain", "--db", other, site, "--pcap", cut, "--flows", JSON)
            .done()
            .json()
            .get("bytes")
            .asLong();
    long copied = packets(cut).values().stream().mapToLong(Copied::wireLength).sum();
    assertEquals(bytes + answers, copied);
    return bytes;
  }

  @Test
  void aCaptureThatIsGoneOrHasChangedIsToldAndTheRestGoesOn() throws IOException {
    Path other = folder.resolve("moving.db");
    Path gone = Files.copy(BROWSING, folder.resolve("gone.pcap"));
    Path stays = Files.copy(sample("http-proxy"), folder.resolve("stays.pcap"));
    FilledStore.make(other, gone, stays);
    String name =
        Program.query(
                other,
                "SELECT f.site FROM flows f JOIN captures c USING (capture_id)"
                    + " WHERE c.path LIKE '%stays.pcap' AND f.evidence = 'http' ORDER BY 1 LIMIT 1")
            .get(0)
            .get("site")
            .asText();
    Path cut = folder.resolve("moving.pcapng");
    byte[] bytes = Files.readAllBytes(gone);
    bytes[bytes.length - 1]++;
    Files.write(gone, bytes);
    Program changed =
        Program.run("explain", "--db", other, "weatherhollow.com.au", "--pcap", cut)
            .ended(ExitCode.INCOMPLETE);
    assertEquals(
        "imon: " + gone + ": not the capture that was analyzed; bring that one back to this place",
        changed.complaints().get(0));
    assertTrue(packets(cut).isEmpty());
    Files.delete(gone);
    Program missing =
        Program.run("explain", "--db", other, "weatherhollow.com.au", "--pcap", cut)
            .ended(ExitCode.INCOMPLETE);
    assertTrue(missing.complaints().get(0).startsWith("imon: " + gone + ": no such file"));
    assertEquals(2, missing.complaints().size(), missing.err());
    Program rest = Program.run("explain", "--db", other, name, "--pcap", cut, "--flows");
    rest.ended(ExitCode.INCOMPLETE);
    assertEquals(2, rest.complaints().size(), rest.err());
    assertFalse(packets(cut).isEmpty());
  }

  @LongTest
  @Test
  void tsharkTakesTheFiltersAndShowsTheSamePackets() throws Exception {
    Path tshark = Path.of("/usr/bin/tshark");
    Environment.requireOrSkip(Files.isExecutable(tshark), "tshark (Debian package tshark)");
    Path alone = folder.resolve("alone.db");
    FilledStore.make(alone, BROWSING);
    for (String name : List.of("weatherhollow.com.au", "kestrelnews.com")) {
      Path cut = folder.resolve("shown-" + name + ".pcapng");
      JsonNode explained =
          Program.run("explain", "--db", alone, name, "--pcap", cut, "--flows", JSON).done().json();
      JsonNode capture = explained.at("/captures/0");
      assertEquals(BROWSING.toString(), capture.get("path").asText());
      List<Long> evidence = shown(tshark, capture.get("evidence_filter").asText());
      assertEquals(told(explained, capture.get("capture_id").asText()), evidence);
      List<Long> both =
          shown(
              tshark,
              capture.get("evidence_filter").asText()
                  + " || "
                  + capture.get("flow_filter").asText());
      Map<Long, Copied> all = packets(BROWSING);
      assertEquals(both.stream().map(all::get).toList(), List.copyOf(packets(cut).values()), name);
    }
  }

  /** Numbers of the packets in a capture that name something, ascending. */
  private static List<Long> told(JsonNode explained, String captureId) {
    List<Long> told = new ArrayList<>();
    for (JsonNode kind : explained.get("kinds")) {
      for (JsonNode row : kind.get("evidence")) {
        if (row.get("capture_id").asText().equals(captureId)) {
          told.add(row.get("packet").asLong());
        }
      }
    }
    return told.stream().distinct().sorted().toList();
  }

  private static List<Long> shown(Path tshark, String filter)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                tshark.toString(),
                "-r",
                BROWSING.toString(),
                "-Y",
                filter,
                "-T",
                "fields",
                "-e",
                "frame.number")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), filter);
    return out.lines().map(Long::valueOf).toList();
  }

  private static Map<Long, Copied> packets(Path capture) throws IOException {
    Map<Long, Copied> packets = new LinkedHashMap<>();
    Block block = new Block();
    try (CaptureReader reader = CaptureReader.open(capture)) {
      while (reader.read(block)) {
        for (int i = 0; i < block.count(); i++) {
          int start = block.start(i);
          String bytes =
              HexFormat.of().formatHex(block.bytes(), start, start + block.capturedLength(i));
          packets.put(
              block.packetNumber(i),
              new Copied(block.time(i), block.wireLength(i), block.linkType(i), bytes));
        }
      }
    }
    return packets;
  }

  private static long sum(JsonNode rows, String field) {
    long sum = 0;
    for (JsonNode row : rows) {
      sum += row.get(field).asLong();
    }
    return sum;
  }
}
