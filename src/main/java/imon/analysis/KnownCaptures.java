package imon.analysis;

import imon.flow.option.FactOptions;
import imon.pcap.CaptureSummary;
import imon.pcap.identity.KnownCapture;
import imon.store.keep.KeptCapture;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The captures that a store has, and those that this run has read: others may grow from them, or be
 * shorter copies of them.
 */
final class KnownCaptures {
  private static final Comparator<KeptCapture> LONGEST_FIRST =
      Comparator.comparingLong((KeptCapture kept) -> -kept.capture().bytes())
          .thenComparing(kept -> kept.capture().fingerprint());

  private final Map<String, KeptCapture> kept = new HashMap<>();
  private final Map<String, KeptCapture> given = new HashMap<>();
  private final Map<String, String> beginnings = new HashMap<>();

  /**
   * Those of a store.
   *
   * @param begun fingerprints of beginnings of them that the store was given, and of the whole
   */
  void add(List<KeptCapture> captures, Map<String, String> begun) {
    captures.forEach(capture -> kept.put(capture.capture().fingerprint(), capture));
    beginnings.putAll(begun);
  }

  void add(String path, CaptureSummary summary, FactOptions options) {
    if (summary.packets() > 0) {
      given.putIfAbsent(
          summary.fingerprint(),
          new KeptCapture(
              new KnownCapture(summary.fingerprint(), summary.fileBytes()),
              path,
              options.text(),
              false,
              summary.packets(),
              summary.firstPacket().getAsLong(),
              summary.lastPacket().getAsLong()));
    }
  }

  /** Those of the store. */
  Collection<KeptCapture> kept() {
    return kept.values();
  }

  /**
   * Those that a capture could have grown from. Whatever else came later, its first packet is among
   * theirs; what can be read only once does not say when that was.
   *
   * @param firstPacket time of its first packet, nanoseconds since 1970 UTC
   */
  List<KnownCapture> before(OptionalLong firstPacket) {
    return all()
        .filter(k -> firstPacket.isEmpty() || k.hasTime(firstPacket.getAsLong()))
        .map(KeptCapture::capture)
        .toList();
  }

  private Stream<KeptCapture> all() {
    return Stream.concat(kept.values().stream(), given.values().stream());
  }

  /** The one that a capture of this fingerprint is known to be the beginning of. */
  @Nullable KeptCapture begunBy(String fingerprint) {
    String whole = beginnings.get(fingerprint);
    return whole == null ? null : kept.get(whole);
  }

  /**
   * Those that a capture could be a shorter copy of: they are longer, and its packets could be
   * among theirs. The longest first; none when it is known itself.
   *
   * @param once whether it can be read only once: of files that are given the shorter come first
   */
  List<KeptCapture> longer(CaptureSummary summary, boolean once) {
    if (summary.packets() == 0 || kept.containsKey(summary.fingerprint())) {
      return List.of();
    }
    return (once ? all() : kept.values().stream())
        .filter(k -> k.capture().bytes() > summary.fileBytes() && k.packets() >= summary.packets())
        .filter(k -> k.hasTime(summary.firstPacket().getAsLong()))
        .filter(k -> k.hasTime(summary.lastPacket().getAsLong()))
        .sorted(LONGEST_FIRST)
        .toList();
  }
}
