package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports on a capture that a mirror port shows every packet of twice. */
class CopiesInReportsTest {
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int CAPTURED_LENGTH = 8;

  @TempDir private Path folder;
  private Path twice;

  @BeforeEach
  void recordTwice() throws IOException {
    twice = folder.resolve("twice.pcap");
    byte[] once = Files.readAllBytes(Program.SAMPLES.resolve("browsing.pcap"));
    ByteBuffer records = ByteBuffer.wrap(once).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(once, 0, FILE_HEADER);
    for (int at = FILE_HEADER; at < once.length; ) {
      int length = RECORD_HEADER + records.getInt(at + CAPTURED_LENGTH);
      out.write(once, at, length);
      out.write(once, at, length);
      at += length;
    }
    Files.write(twice, out.toByteArray());
  }

  @Test
  void copiesToldApartStandInTheLedgerOfEveryFormat() throws IOException {
    Program.run("analyze", "--dedupe", twice, "-o", folder).done();
    JsonNode report = Program.parse(Files.readString(folder.resolve("report.json")));
    JsonNode row = null;
    long packets = 0;
    for (JsonNode each : report.get("ledger")) {
      packets += each.get("packets").asLong();
      row = each.get("name").asText().equals("duplicate") ? each : row;
    }
    assertEquals(report.at("/captures/0/packets").asLong(), packets);
    assertTrue(row != null && row.get("packets").asLong() > packets / 3, String.valueOf(row));
    assertEquals(row.get("packets"), report.at("/losses/copies_apart"));
    assertEquals(0, report.at("/losses/copies_counted").asLong());
    for (String form : new String[] {"html", "csv", "md"}) {
      assertTrue(Files.readString(folder.resolve("report." + form)).contains("duplicate"), form);
    }
  }

  @Test
  void asManyCopiesAreToldWhereTheyCount() {
    JsonNode counted = losses();
    JsonNode apart = losses("--dedupe");
    assertEquals(apart.get("copies_apart"), counted.get("copies_counted"));
    assertEquals(0, counted.get("copies_apart").asLong());
    assertEquals(0, apart.get("copies_counted").asLong());
  }

  private JsonNode losses(Object... options) {
    return Program.run("analyze", List.of(options), twice, "--json", "-")
        .done()
        .json()
        .get("losses");
  }
}
