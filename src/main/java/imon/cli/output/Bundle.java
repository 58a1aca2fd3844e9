package imon.cli.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files in one ZIP archive (APPNOTE 6.3), with their SHA-256 in a last one that {@code sha256sum
 * -c} reads. The same files in the same order give the same bytes, whenever and in whatever time
 * zone that is.
 */
public final class Bundle {
  /** The name of the file with the checksums. */
  public static final String CHECKSUMS = "SHA256SUMS";

  /** The first and the last time an entry can have. */
  private static final LocalDateTime FIRST = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final LocalDateTime LAST = LocalDateTime.of(2107, 12, 31, 23, 59, 58);

  /** A regular file that everybody may read. */
  private static final int MODE = 0100644;

  private final Map<String, OutputFile.Content> files = new LinkedHashMap<>();

  /** Adds a file, of which the name is plain ASCII without blanks. */
  public Bundle add(String name, OutputFile.Content content) {
    files.put(name, content);
    return this;
  }

  /**
   * Writes the archive.
   *
   * @param time of all entries, in UTC and to two seconds; null for the first there can be
   */
  public void write(Path file, @Nullable Instant time) throws IOException {
    LocalDateTime entryTime = entryTime(time);
    StringBuilder sums = new StringBuilder();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
      for (Map.Entry<String, OutputFile.Content> added : files.entrySet()) {
        byte[] content = bytes(added.getValue());
        sums.append(sha256(content)).append("  ").append(added.getKey()).append('\n');
        add(zip, added.getKey(), content, entryTime);
      }
      add(zip, CHECKSUMS, sums.toString().getBytes(StandardCharsets.UTF_8), entryTime);
    }
  }

  private static LocalDateTime entryTime(@Nullable Instant time) {
    if (time == null) {
      return FIRST;
    }
    LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    return utc.isBefore(FIRST) ? FIRST : utc.isAfter(LAST) ? LAST : utc;
  }

  private static byte[] bytes(OutputFile.Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      content.writeTo(out);
    }
    return bytes.toByteArray();
  }

  private static void add(
      ZipArchiveOutputStream zip, String name, byte[] content, LocalDateTime time)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setTimeLocal(time);
    entry.setUnixMode(MODE);
    entry.setSize(content.length);
    zip.putArchiveEntry(entry);
    zip.write(content);
    zip.closeArchiveEntry();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
