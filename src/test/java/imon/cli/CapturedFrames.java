package imon.cli;

import imon.pcap.Block;
import imon.pcap.CaptureReader;
import java.io.IOException;
import java.nio.file.Path;

/** The packets of a finished file, one by one. */
final class CapturedFrames {
  private CapturedFrames() {}

  /** Is shown a packet, which is gone afterwards. */
  interface Viewer {
    void see(Block block, int index) throws IOException;
  }

  /** Shows all packets of a file, in its order. */
  static void show(Path file, Viewer viewer) throws IOException {
    try (CaptureReader reader = CaptureReader.open(file)) {
      Block block = new Block();
      while (reader.read(block)) {
        for (int i = 0; i < block.count(); i++) {
          viewer.see(block, i);
        }
      }
    }
  }
}
