package imon.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {
  private static final Path COMMITTED = Path.of("sample-captures");
  private static final ObjectMapper JSON = new ObjectMapper();

  @BeforeAll
  static void updateIfAsked() throws IOException {
    if (Boolean.getBoolean("imon.update")) {
      MakeSamples.writeTo(COMMITTED);
    }
  }

  @Test
  void theCommittedFilesAreWhatTheGeneratorMakes(@TempDir Path fresh) throws IOException {
    MakeSamples.writeTo(fresh);
    assertEquals(names(fresh), names(COMMITTED));
    for (String name : names(fresh)) {
      byte[] expected = plain(Files.readAllBytes(fresh.resolve(name)));
      assertArrayEquals(expected, plain(Files.readAllBytes(COMMITTED.resolve(name))), name);
    }
  }

  @Test
  void theLedgerOfEveryTruthSumsUpToItsTotals() throws IOException {
    for (Sample sample : Samples.all()) {
      JsonNode truth = JSON.readTree(sample.truth().toJson());
      if (truth.has("ledger")) {
        assertEquals(truth.get("packets").asLong(), sum(truth, "ledger", "packets"), sample.file());
        assertEquals(truth.get("bytes").asLong(), sum(truth, "ledger", "bytes"), sample.file());
      }
    }
  }

  @Test
  void theSitesAndTheLedgerOfBrowsingAgree() throws IOException {
    JsonNode truth = JSON.readTree(Browsing.sample().truth().toJson());
    long bySite = sum(truth, "sites", "up_bytes") + sum(truth, "sites", "down_bytes");
    long byClass = 0;
    for (JsonNode row : truth.get("ledger")) {
      boolean internet =
          List.of("tls", "http", "dns", "dns-other", "none").contains(row.get("class").asText());
      byClass += internet ? row.get("bytes").asLong() : 0;
    }
    assertEquals(byClass, bySite);
  }

  @Test
  void theRecordHeadersOfBrowsingSumUpToItsTruth() throws IOException {
    Sample browsing = Browsing.sample();
    ByteBuffer file = ByteBuffer.wrap(browsing.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    long packets = 0;
    long bytes = 0;
    int at = PcapWriter.HEADER_LENGTH;
    while (at < file.limit()) {
      packets++;
      bytes += file.getInt(at + 12);
      at += PcapWriter.RECORD_HEADER_LENGTH + file.getInt(at + 8);
    }
    JsonNode truth = JSON.readTree(browsing.truth().toJson());
    assertEquals(truth.get("packets").asLong(), packets);
    assertEquals(truth.get("bytes").asLong(), bytes);
  }

  @Test
  void browsingIsBusyAndItsFileIsSmall() throws IOException {
    long packets = Browsing.sample().packets();
    long size = Files.size(COMMITTED.resolve("browsing.pcap"));
    assertTrue(packets >= 6_000 && packets <= 20_000, packets + " packets");
    assertTrue(size < 1_000_000, size + " bytes");
  }

  private static long sum(JsonNode truth, String rows, String member) {
    long sum = 0;
    for (JsonNode row : truth.get(rows)) {
      sum += row.get(member).asLong();
    }
    return sum;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return List.copyOf(new TreeSet<>(files.map(f -> f.getFileName().toString()).toList()));
    }
  }

  /** Compressors differ between machines; what they compressed does not. */
  private static byte[] plain(byte[] content) throws IOException {
    InputStream bytes = new ByteArrayInputStream(content);
    boolean gzip = content.length > 2 && content[0] == 0x1f && content[1] == (byte) 0x8b;
    boolean zstd = content.length > 4 && content[0] == 0x28 && content[1] == (byte) 0xb5;
    try (InputStream in =
        gzip ? new GZIPInputStream(bytes) : zstd ? new ZstdInputStream(bytes) : bytes) {
      return in.readAllBytes();
    }
  }
}
