package imon.testing;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.BlockSize;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.Parameters;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** How the tests make what the reader unpacks. */
public enum Packer {
  GZIP(GZIPOutputStream::new),
  ZSTD(out -> new ZstdFrame(out)),
  XZ(out -> new XZOutputStream(out, new LZMA2Options(0))),
  LZ4(out -> lz4(out, false)),
  LZ4_DEPENDENT(out -> lz4(out, true)),
  BZIP2(out -> new BZip2CompressorOutputStream(out, 1));

  @SuppressWarnings("ImmutableEnumChecker") // constructors have no state
  private final Opener opener;

  Packer(Opener opener) {
    this.opener = opener;
  }

  private interface Opener {
    OutputStream open(OutputStream packed) throws IOException;
  }

  /** One gzip member, xz or bzip2 stream, zstd or LZ4 frame. */
  public byte[] pack(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = opener.open(packed)) {
      out.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  /** What the format of a capture packed by this is called. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_.*", "");
  }

  private static OutputStream lz4(OutputStream packed, boolean dependent) throws IOException {
    return new FramedLZ4CompressorOutputStream(
        packed, new Parameters(BlockSize.K64, true, !dependent, dependent));
  }

  /** Collects what is written, so that it becomes one frame that knows its size. */
  private static final class ZstdFrame extends ByteArrayOutputStream {
    private final OutputStream packed;

    ZstdFrame(OutputStream packed) {
      this.packed = packed;
    }

    @Override
    public void close() throws IOException {
      packed.write(Zstd.compress(toByteArray()));
    }
  }
}
