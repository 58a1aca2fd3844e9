package imon.store.keep;

import imon.pcap.CaptureFiles;
import imon.pcap.CaptureSummary.Status;
import imon.pcap.identity.KnownCapture;
import imon.store.StoreException;
import imon.store.StoreFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a store has of the files that were taken in. */
public final class KeptFiles {
  private static final String STANDARD_INPUT = "-";

  private KeptFiles() {}

  /**
   * A file, as it was when it was taken in last.
   *
   * @param time when that was
   * @param damaged whether bytes of it were left unread
   */
  public record Taken(Instant time, boolean damaged) {}

  /**
   * A capture.
   *
   * @param path as it was named, {@code -} for standard input
   * @param known what it was when it was taken in
   */
  public record Capture(String path, KnownCapture known, long packets) {}

  /** Where a capture is: as it was named or, when nothing is there, beside the store. */
  public static String find(StoreFile store, String name) {
    if (name.equals(STANDARD_INPUT)) {
      return name;
    }
    try {
      Path here = CaptureFiles.named(name);
      Path beside = CaptureFiles.named(store.path().resolveSibling(Path.of(name)).toString());
      return Files.notExists(here) && Files.exists(beside) ? beside.toString() : name;
    } catch (InvalidPathException e) {
      return name;
    }
  }

  /** All captures. */
  public static List<Capture> captures(StoreFile store) throws StoreException {
    return store.read(
        database ->
            database.query(
                row ->
                    new Capture(
                        row.getString(1),
                        new KnownCapture(row.getString(2), row.getLong(3)),
                        row.getLong(4)),
                "SELECT path, fingerprint, file_bytes, packets FROM fact.capture"));
  }

  /**
   * By path, as it was named. Captures have one path each; settings have those of other files with
   * the same contents.
   */
  public static Map<String, Taken> of(StoreFile store) throws StoreException {
    Map<String, Taken> files = new HashMap<>();
    store.read(
        database ->
            database.query(
                row ->
                    files.put(
                        row.getString(1),
                        new Taken(
                            Instant.EPOCH.plus(row.getLong(2), ChronoUnit.NANOS),
                            row.getString(3).equals(Status.DAMAGED.label()))),
                """
                SELECT path, max(time), arg_max(status, time) FROM (
                  SELECT path, ingested_time AS time, status FROM fact.capture
                  UNION ALL
                  SELECT substr(name, length('file ') + 1), split_part(value, ' ', 1)::BIGINT,
                    split_part(value, ' ', 2)
                  FROM fact.setting WHERE starts_with(name, 'file '))
                GROUP BY path
                """));
    return files;
  }
}
