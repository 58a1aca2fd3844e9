package imon.analysis;

import imon.pcap.Block;
import imon.pcap.CaptureFiles;
import imon.pcap.CaptureReader;
import imon.pcap.CaptureSummary;
import imon.pcap.identity.KnownCapture;
import imon.store.StoreFile;
import imon.store.keep.KeptCapture;
import imon.store.keep.KeptFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a capture is the beginning of a longer one that is known. No fingerprint tells
 * that of a length at which none was taken, but the longer one's file does, as long as it is there
 * and begins with the bytes that were taken in: what stands there otherwise proves nothing.
 */
final class ShorterCopies {
  private final KnownCaptures known;
  private final @Nullable StoreFile store;
  private @Nullable Block block;

  /**
   * @param store beside which files are looked for, too
   */
  ShorterCopies(KnownCaptures known, @Nullable StoreFile store) {
    this.known = known;
    this.store = store;
  }

  /**
   * What a capture may be a shorter copy of.
   *
   * @param whole one that certainly begins with all of it
   * @param possible one that begins at the same instant and cannot be compared any more
   */
  record Finding(@Nullable KeptCapture whole, @Nullable KeptCapture possible) {}

  private enum Comparison {
    BEGINNING,
    ANOTHER,
    IMPOSSIBLE
  }

  Finding find(CaptureFiles.Input input, CaptureSummary summary) {
    KeptCapture before = known.begunBy(summary.fingerprint());
    if (before != null) {
      return new Finding(before, null);
    }
    KeptCapture possible = null;
    for (KeptCapture longer : known.longer(summary, input.firstPacket().isEmpty())) {
      Comparison comparison = compare(summary, longer);
      if (comparison == Comparison.BEGINNING) {
        return new Finding(longer, null);
      }
      boolean sameInstant = longer.first() == summary.firstPacket().getAsLong();
      if (comparison == Comparison.IMPOSSIBLE && sameInstant) {
        possible = longer;
      }
    }
    return new Finding(null, possible);
  }

  private Comparison compare(CaptureSummary summary, KeptCapture longer) {
    KnownCapture shorter = new KnownCapture(summary.fingerprint(), summary.fileBytes());
    Path file = file(longer);
    if (file == null || !Files.isRegularFile(file)) {
      return Comparison.IMPOSSIBLE;
    }
    block = block == null ? new Block() : block;
    try (CaptureReader reader = CaptureReader.open(file)) {
      reader.lookFor(List.of(shorter, longer.capture()));
      // Captures of the same time mostly begin with another packet, and need not be read on.
      boolean more = reader.read(block) && block.time(0) >= summary.firstPacket().getAsLong();
      while (more && !reader.hasLooked()) {
        more = reader.read(block);
      }
      List<KnownCapture> found = reader.found();
      if (!found.contains(longer.capture())) {
        return Comparison.IMPOSSIBLE;
      }
      return found.contains(shorter) ? Comparison.BEGINNING : Comparison.ANOTHER;
    } catch (IOException unreadable) {
      return Comparison.IMPOSSIBLE;
    }
  }

  private @Nullable Path file(KeptCapture capture) {
    String name = capture.path();
    try {
      return CaptureFiles.named(store == null ? name : KeptFiles.find(store, name));
    } catch (InvalidPathException nowhere) {
      return null;
    }
  }
}
