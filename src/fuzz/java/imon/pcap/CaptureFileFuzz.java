package imon.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Seeds;
import imon.pcap.names.ResolvedNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of all formats, plain and compressed, name resolution blocks among them. */
class CaptureFileFuzz {
  /** What a reader gave out with blocks of one size; a file it refused has no summary. */
  private record Outcome(
      List<String> packets, List<ResolvedNames.Name> names, @Nullable CaptureSummary summary) {}

  static List<byte[]> seeds() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (Path capture : Seeds.captures()) {
      files.add(Files.readAllBytes(capture));
    }
    return files;
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void aFileIsReadTheSameInBlocksOfAnySize(byte[] file) {
    Outcome large = read(file, Block.DEFAULT_BYTES);
    Outcome small = read(file, 64);
    assertEquals(large, small);
  }

  private static Outcome read(byte[] file, int fillBytes) {
    CaptureReader opened;
    try {
      opened = CaptureReader.open(new ByteArrayInputStream(file), "fuzz");
    } catch (IOException refused) {
      return new Outcome(List.of(String.valueOf(refused.getMessage())), List.of(), null);
    }
    try (CaptureReader reader = opened) {
      return read(reader, new Block(fillBytes));
    } catch (IOException thrown) {
      throw new AssertionError("thrown at an open file", thrown);
    }
  }

  private static Outcome read(CaptureReader reader, Block block) throws IOException {
    List<String> packets = new ArrayList<>();
    long wireBytes = 0;
    while (reader.read(block)) {
      for (int i = 0; i < block.count(); i++) {
        assertEquals(packets.size() + 1, block.packetNumber(i));
        packets.add(packet(block, i));
        wireBytes += block.wireLength(i);
      }
    }
    CaptureSummary summary = reader.summary();
    assertEquals(packets.size(), summary.packets());
    assertEquals(wireBytes, summary.wireBytes());
    return new Outcome(packets, List.copyOf(reader.names()), summary);
  }

  private static String packet(Block block, int index) {
    int start = block.start(index);
    int end = start + block.capturedLength(index);
    assertTrue(start >= 0 && start <= end && end <= block.bytes().length, "bounds");
    assertTrue(block.wireLength(index) >= block.capturedLength(index), "wire length");
    int hash = 1;
    for (int at = start; at < end; at++) {
      hash = 31 * hash + block.bytes()[at];
    }
    return block.time(index)
        + " "
        + block.linkType(index)
        + " "
        + block.wireLength(index)
        + " "
        + (end - start)
        + " "
        + hash;
  }
}
