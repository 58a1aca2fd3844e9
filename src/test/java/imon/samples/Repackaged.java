package imon.samples;

import java.io.IOException;
import java.nio.file.Path;

/** The packets of a capture in another file format. */
public final class Repackaged {
  private Repackaged() {}

  /** All packets of a capture as pcapng. */
  public static byte[] asPcapng(Path capture) throws IOException {
    return CapturedPackets.of(capture).pcapng();
  }
}
