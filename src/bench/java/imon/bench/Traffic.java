package imon.bench;

import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.pcap.CaptureSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The capture that benchmarks of packets read. */
public final class Traffic {
  /** The system property that names its file. */
  static final String PROPERTY = "imon.bench.capture";

  /** Blocks kept in memory: 32 MiB, more than a core's cache holds. */
  private static final int BLOCKS = 128;

  private final Path file;
  private final CaptureSummary summary;

  private Traffic(Path file) throws IOException {
    this.file = file;
    try (CaptureReader reader = CaptureReader.open(file)) {
      Block block = new Block();
      boolean more = true;
      while (more) {
        more = reader.read(block);
      }
      summary = reader.summary();
    }
  }

  /** The capture of this run, read once. */
  public static Traffic given() throws IOException {
    String name = System.getProperty(PROPERTY);
    if (name == null) {
      throw new IllegalStateException("name a capture: -D" + PROPERTY + "=FILE");
    }
    return of(Path.of(name));
  }

  static Traffic of(Path file) throws IOException {
    return new Traffic(file);
  }

  public CaptureReader open() throws IOException {
    return CaptureReader.open(file);
  }

  public long packets() {
    return summary.packets();
  }

  /** Bytes the packets had on the wire. */
  public long wireBytes() {
    return summary.wireBytes();
  }

  /** Bytes of the file without compression. */
  public long fileBytes() {
    return summary.fileBytes();
  }

  /** The first blocks of the capture. */
  public Blocks blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    try (CaptureReader reader = open()) {
      Block next = new Block();
      while (blocks.size() < BLOCKS && reader.read(next)) {
        blocks.add(next);
        next = new Block();
      }
    }
    return new Blocks(blocks);
  }

  /**
   * Blocks in the order of their capture.
   *
   * @param packets how many packets they hold
   * @param wireBytes bytes these had on the wire
   */
  public record Blocks(List<Block> blocks, long packets, long wireBytes) {
    private Blocks(List<Block> blocks) {
      this(
          blocks,
          blocks.stream().mapToLong(Block::count).sum(),
          blocks.stream().mapToLong(Blocks::wireBytes).sum());
    }

    private static long wireBytes(Block block) {
      long bytes = 0;
      for (int i = 0; i < block.count(); i++) {
        bytes += block.wireLength(i);
      }
      return bytes;
    }
  }
}
