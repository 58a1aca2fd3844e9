package imon.analysis;

import imon.flow.option.FactOptions;
import imon.pcap.CaptureSummary;
import imon.pcap.identity.KnownCapture;
import imon.store.keep.KeptCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The captures that a store has, and those that this run has read, as others may grow from them.
 */
final class KnownCaptures {
  private final List<KeptCapture> kept = new ArrayList<>();

  void add(List<KeptCapture> captures) {
    kept.addAll(captures);
  }

  void add(CaptureSummary summary, FactOptions options) {
    if (summary.packets() > 0) {
      kept.add(
          new KeptCapture(
              new KnownCapture(summary.fingerprint(), summary.fileBytes()),
              options.text(),
              false,
              summary.firstPacket().getAsLong(),
              summary.lastPacket().getAsLong()));
    }
  }

  /**
   * Those that a capture could have grown from. Whatever else came later, its first packet is among
   * theirs; what can be read only once does not say when that was.
   *
   * @param firstPacket time of its first packet, nanoseconds since 1970 UTC
   */
  List<KnownCapture> before(OptionalLong firstPacket) {
    return kept.stream()
        .filter(k -> firstPacket.isEmpty() || k.hasTime(firstPacket.getAsLong()))
        .map(KeptCapture::capture)
        .toList();
  }
}
