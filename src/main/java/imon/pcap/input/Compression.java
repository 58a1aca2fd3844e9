package imon.pcap.input;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * How a capture may be packed, known by magic and not by name. What is unpacked is streamed and
 * never held: gzip needs 32 KiB, bzip2 and lz4 less than 10 MiB, xz at most {@link #XZ_MEMORY_KIB},
 * zstd at most 128 MiB (its window at the highest level).
 */
public enum Compression {
  NONE("", stored -> stored),
  GZIP("1f8b08", GzipStream::new),
  ZSTD("28b52ffd", ZstdInputStreamNoFinalizer::new),
  XZ("fd377a585a00", Compression::xz),
  LZ4("04224d18", Lz4Stream::new),
  BZIP2("425a68", Compression::bzip2);

  /** Enough for what xz packs by any of its presets (-9 needs 65 MiB). */
  static final int XZ_MEMORY_KIB = 66 * 1024;

  private final String magic;

  @SuppressWarnings("ImmutableEnumChecker") // constructors have no state
  private final Opener opener;

  Compression(String magic, Opener opener) {
    this.magic = magic;
    this.opener = opener;
  }

  /** The compression whose magic these first bytes are. */
  static Compression of(byte[] lead) {
    String first = HexFormat.of().formatHex(lead);
    for (Compression compression : values()) {
      if (compression != NONE && first.startsWith(compression.magic)) {
        return compression;
      }
    }
    return NONE;
  }

  /** The unpacked bytes; closing them closes {@code stored}. */
  InputStream open(InputStream stored) throws IOException {
    try {
      return opener.open(stored);
    } catch (LinkageError missing) {
      throw new IOException(label() + " cannot be unpacked here: " + missing.getMessage(), missing);
    }
  }

  private static InputStream xz(InputStream stored) {
    return new WholeStream(stored, buffered -> new XZInputStream(buffered, XZ_MEMORY_KIB));
  }

  private static InputStream bzip2(InputStream stored) {
    return new WholeStream(stored, buffered -> new BZip2CompressorInputStream(buffered, true));
  }

  /** For example {@code gzip}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private interface Opener {
    InputStream open(InputStream stored) throws IOException;
  }
}
