package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Suppliers;
import imon.samples.Repackaged;
import imon.testing.LongTest;
import imon.testing.Packer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample captures give one report: in any order, format and number of workers. */
class SameResultTest {
  private static final Path CUT = Program.SAMPLES.resolve("cut-tail.pcap");

  /** What tells of a file rather than of its packets. */
  private static final List<String> OF_THE_FILE =
      List.of("id", "path", "fingerprint", "format", "file_bytes", "status", "message");

  /** Of samples as they are, each made once. */
  private static final Map<Path, Program> REPORTS = new ConcurrentHashMap<>();

  /** Of all samples by one worker, in the order of their names. */
  private static final Supplier<String> EXPECTED =
      Suppliers.memoize(
          () -> Program.run("analyze", "--workers", 1, Program.SAMPLES, Analyzed.AS_JSON).out());

  @TempDir Path folder;

  @Execution(CONCURRENT)
  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void theNumberOfWorkersMakesNoDifference(int workers) {
    Program run = Program.run("analyze", "--workers", workers, Program.SAMPLES, Analyzed.AS_JSON);
    assertEquals(EXPECTED.get(), run.out());
  }

  @Execution(CONCURRENT)
  @ParameterizedTest
  @ValueSource(longs = 3)
  void theOrderInWhichCapturesAreTakenInMakesNoDifference(long seed) throws Exception {
    assertEquals(EXPECTED.get(), Analyzed.json(Analyzed.shuffled(seed, Program.SAMPLES), 2, null));
  }

  @Execution(CONCURRENT)
  @Test
  void theOrderOfOperandsMakesNoDifference() {
    List<String> files = new ArrayList<>();
    Program.parse(EXPECTED.get()).get("captures").forEach(c -> files.add(c.get("path").asText()));
    Collections.reverse(files);
    assertEquals(EXPECTED.get(), Program.run("analyze", files, Analyzed.AS_JSON).out());
  }

  @Test
  void pcapAndPcapngGiveTheSame() throws IOException {
    List<Path> originals = new ArrayList<>();
    List<Path> copies = new ArrayList<>();
    for (String sample :
        List.of(
            "browsing.pcap",
            "nanoseconds.pcap",
            "big-endian.pcap",
            "interfaces.pcapng",
            "two-sections.pcapng",
            "sll2.pcap",
            "null-loop.pcap",
            "fragments.pcap",
            "snap-length.pcap",
            "truncated-packets.pcap",
            "time-jump.pcap",
            "hostile-names.pcap")) {
      Path original = Program.SAMPLES.resolve(sample);
      originals.add(original);
      copies.add(Files.write(folder.resolve(sample), Repackaged.asPcapng(original)));
    }
    Program copied = report(copies);
    for (JsonNode capture : copied.json().get("captures")) {
      assertEquals("pcapng", capture.get("format").asText());
    }
    assertEquals(packetsOnly(report(originals)), packetsOnly(copied));
  }

  @LongTest
  @Execution(CONCURRENT)
  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD", "XZ"})
  void compressionMakesNoDifference(Packer packer) throws IOException {
    Path file = Program.SAMPLES.resolve("browsing.pcap");
    Program plain = report(file);
    byte[] packed = packer.pack(Files.readAllBytes(file));
    Program compressed = report(List.of(Files.write(folder.resolve(packer.name()), packed)));
    assertEquals("pcap+" + packer.label(), captureOf(compressed).get("format").asText());
    assertEquals(captureOf(plain).get("fingerprint"), captureOf(compressed).get("fingerprint"));
    assertEquals(packetsOnly(plain), packetsOnly(compressed));
  }

  @LongTest
  @Execution(CONCURRENT)
  @ParameterizedTest
  @ValueSource(strings = {"browsing.pcap", "interfaces.pcapng", "gzip.pcap.gz", "zstd.pcap.zst"})
  void standardInputGivesTheSame(String sample) throws IOException {
    Path file = Program.SAMPLES.resolve(sample);
    Program piped =
        Program.runWithInput(Files.readAllBytes(file), "analyze", "-", Analyzed.AS_JSON).done();
    assertEquals(List.of(), piped.complaints());
    assertEquals(packetsOnly(report(file)), packetsOnly(piped));
  }

  @Execution(CONCURRENT)
  @Test
  void standardInputThatEndsWithinAPacketIsReadToItsLastWholeOne() throws IOException {
    Program piped =
        Program.runWithInput(Files.readAllBytes(CUT), "analyze", "-", Analyzed.AS_JSON).done();
    assertEquals(packetsOnly(report(CUT)), packetsOnly(piped));
    assertEquals("cut", piped.json().at("/captures/0/status").asText());
    assertEquals(1, piped.complaints().size(), piped.err());
    assertTrue(piped.err().startsWith("imon: standard input: last record cut "), piped.err());
  }

  private static JsonNode captureOf(Program run) {
    return run.json().at("/captures/0");
  }

  private static Program report(Path file) {
    return REPORTS.computeIfAbsent(file, f -> report(List.of(f)));
  }

  private static Program report(List<Path> files) {
    return Program.run("analyze", files, Analyzed.AS_JSON).done();
  }

  /** A report without what tells of files rather than of their packets, in the order of names. */
  private static String packetsOnly(Program run) {
    ObjectNode report = (ObjectNode) run.json();
    Map<String, String> names = new HashMap<>();
    for (JsonNode capture : report.get("captures")) {
      Path file = Path.of(capture.get("path").asText());
      names.put(capture.get("id").asText(), file.getFileName().toString());
    }
    sort((ArrayNode) report.get("captures"), "id", names);
    sort((ArrayNode) report.at("/guesses/captures"), "capture_id", names);
    sort((ArrayNode) report.get("anomalies"), "capture_id", names);
    for (JsonNode capture : report.get("captures")) {
      ((ObjectNode) capture).remove(OF_THE_FILE);
    }
    report.remove("losses");
    for (JsonNode capture : report.at("/guesses/captures")) {
      ((ObjectNode) capture).remove("capture_id");
    }
    for (JsonNode anomaly : report.get("anomalies")) {
      ((ObjectNode) anomaly).remove("capture_id");
    }
    return report.toPrettyString();
  }

  /** Captures that begin at the same time are listed by their ids, which are of the files. */
  private static void sort(ArrayNode rows, String id, Map<String, String> names) {
    List<JsonNode> sorted = new ArrayList<>();
    rows.forEach(sorted::add);
    sorted.sort(Comparator.comparing(row -> names.get(row.get(id).asText())));
    rows.removeAll().addAll(sorted);
  }
}
