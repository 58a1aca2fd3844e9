package imon.samples;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.file.Path;

/** The packets of a capture in another file format. */
public final class Repackaged {
  private Repackaged() {}

  /** All packets of a capture as pcapng. */
  public static byte[] asPcapng(Path capture) throws IOException {
    return CapturedPackets.of(capture).pcapng();
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
