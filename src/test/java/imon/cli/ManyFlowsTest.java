package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is asked of many flows is asked otherwise than of few, and memory is shared out otherwise;
 * what a report says of the few is the same.
 */
class ManyFlowsTest {
  private static final Path FEW = Program.SAMPLES.resolve("browsing.pcap");
  private static final int LOCAL_FLOWS = 60_000;

  /** A minute of browsing.pcap: 2026-03-02 08:05 UTC. */
  private static final int SECONDS = 1_772_438_700;

  private static final int HEADERS = 28;

  @TempDir private static Path folder;
  private static JsonNode few;
  private static JsonNode many;

  @BeforeAll
  static void analyze() throws IOException {
    Path flows = Files.write(folder.resolve("local.pcap"), localFlows());
    few = Program.run("analyze", FEW, Analyzed.AS_JSON).done().json();
    many = Program.run("analyze", List.of(FEW, flows), Analyzed.AS_JSON).done().json();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sites", "unresolved", "clients", "guesses"})
  void localFlowsBesideThemChangeNoWord(String part) {
    assertTrue(few.get(part).toString().length() > 50, part);
    assertEquals(few.get(part).toPrettyString(), many.get(part).toPrettyString());
  }

  @Test
  void theyAreAllCounted() {
    assertEquals(localBytes(few) + (long) LOCAL_FLOWS * HEADERS, localBytes(many));
  }

  private static long localBytes(JsonNode report) {
    for (JsonNode line : report.get("ledger")) {
      if (line.get("name").asText().equals("local")) {
        return line.get("bytes").asLong();
      }
    }
    throw new AssertionError("no local traffic");
  }

  /** Empty UDP datagrams between two addresses, each from a port of its own (link type raw IP). */
  private static byte[] localFlows() {
    ByteBuffer file = ByteBuffer.allocate(24 + LOCAL_FLOWS * (16 + HEADERS));
    file.order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
    file.putInt(65535).putInt(101);
    for (int i = 0; i < LOCAL_FLOWS; i++) {
      file.order(ByteOrder.LITTLE_ENDIAN);
      file.putInt(SECONDS).putInt(i).putInt(HEADERS).putInt(HEADERS);
      file.order(ByteOrder.BIG_ENDIAN);
      file.putInt(0x4500_0000 | HEADERS).putInt(0).putInt(0x4011_0000);
      file.putInt(0x0a63_0001).putInt(0x0a63_0002);
      file.putShort((short) (1024 + i))
          .putShort((short) 33434)
          .putShort((short) 8)
          .putShort((short) 0);
    }
    return file.array();
  }
}
