package imon.pcap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How often each {@link Anomaly} was seen, and in which packet first. Each thread owns one; {@link
 * #merge} brings them together, in any order, with the same result.
 */
@SuppressWarnings("EnumOrdinal") // kinds index primitive arrays; no ordinal leaves this class
public final class AnomalyCounts {
  private static final Anomaly[] KINDS = Anomaly.values();

  private final long[] counts = new long[KINDS.length];
  private final long[] firstPackets = new long[KINDS.length];

  /**
   * Counts one more. {@code packetNumber} is from 1; for a fault outside of packets it is the
   * number of the packet that comes next.
   */
  public void count(Anomaly kind, long packetNumber) {
    add(kind.ordinal(), 1, packetNumber);
  }

  /** How many of this kind were counted. */
  public long count(Anomaly kind) {
    return counts[kind.ordinal()];
  }

  /** Lowest packet number counted for this kind, 0 when there is none. */
  public long firstPacketNumber(Anomaly kind) {
    return firstPackets[kind.ordinal()];
  }

  /** All anomalies of all kinds. */
  public long total() {
    return Arrays.stream(counts).sum();
  }

  /** Adds what another thread counted for the same capture; {@code other} stays as it is. */
  public void merge(AnomalyCounts other) {
    for (int kind = 0; kind < counts.length; kind++) {
      if (other.counts[kind] > 0) {
        add(kind, other.counts[kind], other.firstPackets[kind]);
      }
    }
  }

  private void add(int kind, long count, long packetNumber) {
    if (counts[kind] == 0 || packetNumber < firstPackets[kind]) {
      firstPackets[kind] = packetNumber;
    }
    counts[kind] += count;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof AnomalyCounts other
        && Arrays.equals(counts, other.counts)
        && Arrays.equals(firstPackets, other.firstPackets);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(counts) + Arrays.hashCode(firstPackets);
  }

  /** For example {@code broken-option 3 (first in packet 17)}, one kind after another. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Anomaly kind : KINDS) {
      if (count(kind) > 0) {
        text.append(text.isEmpty() ? "" : ", ").append(kind.label()).append(' ');
        text.append(count(kind)).append(" (first in packet ");
        text.append(firstPacketNumber(kind)).append(')');
      }
    }
    return text.toString();
  }
}
