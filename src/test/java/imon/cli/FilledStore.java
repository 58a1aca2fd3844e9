package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.pcap.CaptureFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stores for tests of what is asked of them or done to them: filled as {@code imon analyze --db}
 * does, without the report that it makes, and alike ones once.
 */
final class FilledStore {
  private static final Map<List<Path>, byte[]> FILLED = new HashMap<>();

  private FilledStore() {}

  /** Makes a store of captures that can be read to their ends. */
  static synchronized void make(Path store, List<Path> captures) {
    boolean samples = captures.stream().allMatch(capture -> capture.startsWith(Program.SAMPLES));
    byte[] filled = FILLED.get(captures);
    try {
      if (filled != null) {
        Files.createFile(
            store,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(store, filled);
        return;
      }
      add(store, captures);
      if (samples) {
        FILLED.put(List.copyOf(captures), Files.readAllBytes(store));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void make(Path store, Path... captures) {
    make(store, List.of(captures));
  }

  /** Adds captures to a store. */
  static void add(Path store, List<Path> captures) {
    CaptureFiles files = CaptureFiles.find(captures.stream().map(Path::toString).toList());
    assertEquals(List.of(), files.problems());
    try {
      assertEquals(0, Analyzed.keep(files.inputs(), store));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
