package imon.samples;

import com.github.luben.zstd.Zstd;
import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.samples.PcapngWriter.Clock;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The packets of a capture in another file format. */
public final class Repackaged {
  private Repackaged() {}

  /**
   * All packets of a capture as pcapng: one section, one interface for each link type, times in
   * nanoseconds. Original lengths are those that counted, not those that stood in the file.
   */
  public static byte[] asPcapng(Path capture) throws IOException {
    List<Integer> linkTypes = new ArrayList<>();
    PcapngWriter file = new PcapngWriter().section(ByteOrder.BIG_ENDIAN);
    Block block = new Block();
    try (CaptureReader reader = CaptureReader.open(capture)) {
      while (reader.read(block)) {
        for (int i = 0; i < block.count(); i++) {
          int linkType = block.linkType(i);
          if (!linkTypes.contains(linkType)) {
            linkTypes.add(linkType);
            file.describe("if" + linkType, linkType, Scene.WHOLE, Clock.decimal(9));
          }
          file.enhanced(linkTypes.indexOf(linkType), packet(block, i));
        }
      }
    }
    return file.toArray();
  }

  private static Packet packet(Block block, int index) {
    int start = block.start(index);
    byte[] captured = Arrays.copyOfRange(block.bytes(), start, start + block.capturedLength(index));
    return Packet.misdeclared(block.time(index), captured, block.wireLength(index));
  }

  /** A file compressed by gzip. */
  public static byte[] gzip(byte[] file) {
    return FormatSamples.gzip(file);
  }

  /** A file compressed by Zstandard. */
  public static byte[] zstd(byte[] file) {
    return Zstd.compress(file);
  }
}
