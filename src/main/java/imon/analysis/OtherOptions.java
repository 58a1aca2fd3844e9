package imon.analysis;

import imon.flow.option.FactOptions;
import imon.pcap.Block;
import imon.pcap.CaptureFiles.Input;
import imon.pcap.CaptureReader;
import imon.pcap.CaptureSummary;
import imon.pcap.identity.KnownCapture;
import imon.store.StoreException;
import imon.store.keep.KeptCapture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The captures that a store has with other options than those asked for now. Files are looked at
 * before anything is taken in, so that a run which asks for other options changes nothing; only
 * those are read of which the times say that the store may have them.
 */
final class OtherOptions {
  private final String asked;
  private final ShorterCopies copies;
  private final Map<String, KeptCapture> others = new HashMap<>();

  OtherOptions(Collection<KeptCapture> kept, FactOptions options, ShorterCopies copies) {
    this.copies = copies;
    asked = options.text();
    for (KeptCapture capture : kept) {
      if (!capture.options().equals(asked) && !capture.pruned()) {
        others.put(capture.capture().fingerprint(), capture);
      }
    }
  }

  /** Fails when the store has one of these files, what it was before it grew, or has grown to. */
  void check(List<Input> inputs) throws StoreException {
    Block block = new Block();
    for (Input input : inputs) {
      Path path = input.path();
      if (path != null && input.firstPacket().isPresent()) {
        check(input, path, near(input.firstPacket().getAsLong()), block);
      }
    }
  }

  private List<KnownCapture> near(long firstPacket) {
    return others.values().stream()
        .filter(other -> other.hasTime(firstPacket))
        .map(KeptCapture::capture)
        .toList();
  }

  private void check(Input input, Path path, List<KnownCapture> near, Block block)
      throws StoreException {
    if (near.isEmpty()) {
      return;
    }
    try (CaptureReader reader = CaptureReader.open(path)) {
      reader.lookFor(near);
      boolean more = true;
      while (more) {
        more = reader.read(block);
      }
      CaptureSummary summary = reader.summary();
      check(input, summary, reader.grownFrom(), copies.find(input, summary).whole());
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      // Whoever takes it in says so.
    }
  }

  /**
   * Fails when the store has this capture, or what it was before it grew.
   *
   * @param whole the one that it is a shorter copy of
   */
  void check(
      Input input,
      CaptureSummary summary,
      List<KnownCapture> grownFrom,
      @Nullable KeptCapture whole)
      throws StoreException {
    check(input, summary.fingerprint());
    for (KnownCapture earlier : grownFrom) {
      check(input, earlier.fingerprint());
    }
    KeptCapture other = whole == null ? null : others.get(whole.capture().fingerprint());
    if (other != null) {
      throw new StoreException(
          "%s: the store has it with %s, as the beginning of %s, and it was asked for with %s; --again with that one takes it anew"
              .formatted(input.name(), quoted(other.options()), other.path(), quoted(asked)),
          null);
    }
  }

  private void check(Input input, String fingerprint) throws StoreException {
    KeptCapture other = others.get(fingerprint);
    if (other != null) {
      throw new StoreException(
          "%s: the store has it with %s, and it was asked for with %s; --again takes it anew"
              .formatted(input.name(), quoted(other.options()), quoted(asked)),
          null);
    }
  }

  private static String quoted(String options) {
    return options.isEmpty() ? "default options" : "'" + options + "'";
  }
}
