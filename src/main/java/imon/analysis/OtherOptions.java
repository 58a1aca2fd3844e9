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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The captures that a store has with other options than those asked for now. Files are looked at
 * before anything is taken in, so that a run which asks for other options changes nothing; only
 * those are read of which the times say that the store may have them.
 */
final class OtherOptions {
  private final String asked;
  private final Map<String, KeptCapture> others = new HashMap<>();

  OtherOptions(List<KeptCapture> kept, FactOptions options) {
    asked = options.text();
    for (KeptCapture capture : kept) {
      if (!capture.options().equals(asked) && !capture.pruned()) {
        others.put(capture.capture().fingerprint(), capture);
      }
    }
  }

  /** Fails when the store has one of these files, or what it was before it grew. */
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
      check(input, reader.summary(), reader.grownFrom());
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      // Whoever takes it in says so.
    }
  }

  /** Fails when the store has this capture, or what it was before it grew. */
  void check(Input input, CaptureSummary summary, List<KnownCapture> grownFrom)
      throws StoreException {
    check(input, summary.fingerprint());
    for (KnownCapture earlier : grownFrom) {
      check(input, earlier.fingerprint());
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
