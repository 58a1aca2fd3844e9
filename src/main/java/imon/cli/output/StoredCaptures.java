package imon.cli.output;

import imon.pcap.Block;
import imon.pcap.CaptureFiles;
import imon.pcap.CaptureReader;
import imon.pcap.identity.KnownCapture;
import imon.store.StoreException;
import imon.store.StoreFile;
import imon.store.keep.KeptFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that a store was made of. It has their names as they were seen from the folder that
 * imon was started in then, so that a file is also known by its contents.
 */
final class StoredCaptures {
  private final StoreFile store;

  StoredCaptures(StoreFile store) {
    this.store = store;
  }

  /** Where a capture is: as it was named or, when nothing is there, beside the store. */
  String find(String name) {
    return KeptFiles.find(store, name);
  }

  /**
   * Whether a file is one of them, or has grown from one. The store is asked only about what looks
   * like a capture.
   */
  boolean has(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (CaptureReader reader = CaptureReader.open(file)) {
      List<KeptFiles.Capture> captures = KeptFiles.captures(store);
      return captures.stream().anyMatch(capture -> isAt(capture, file))
          || isKnown(reader, captures);
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isAt(KeptFiles.Capture capture, Path file) {
    try {
      return OutputFile.place(CaptureFiles.named(find(capture.path()))).equals(file);
    } catch (InvalidPathException | IOException elsewhere) {
      return false;
    }
  }

  /** Captures without packets are alike, and nothing is lost with one of them. */
  private static boolean isKnown(CaptureReader reader, List<KeptFiles.Capture> captures)
      throws IOException {
    List<KnownCapture> known =
        captures.stream()
            .filter(capture -> capture.packets() > 0)
            .map(KeptFiles.Capture::known)
            .toList();
    reader.lookFor(known);
    return isOneOf(reader, known) || !reader.grownFrom().isEmpty();
  }

  /** Reads to the end, or further than the longest of them. */
  private static boolean isOneOf(CaptureReader reader, List<KnownCapture> known)
      throws IOException {
    long longest = known.stream().mapToLong(KnownCapture::bytes).max().orElse(0);
    long bytes = 0;
    Block block = new Block();
    while (reader.read(block)) {
      for (int i = 0; i < block.count(); i++) {
        bytes += block.capturedLength(i);
      }
      if (bytes > longest) {
        return false;
      }
    }
    String fingerprint = reader.summary().fingerprint();
    return known.stream().anyMatch(capture -> capture.fingerprint().equals(fingerprint));
  }
}
