package imon.analysis;

import imon.flow.row.Rows;
import imon.name.AddressNames;
import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureSummary;
import imon.pcap.identity.KnownCapture;
import java.util.List;

/** What a lane hands over: rows of a capture, and then how it ended. */
sealed interface Delivery {
  Job job();

  /** Some rows; they are given back empty. */
  record Batch(Job job, Rows rows) implements Delivery {}

  /** All rows were handed over before; {@code grownFrom} are those known that it begins with. */
  record Decoded(
      Job job,
      CaptureSummary summary,
      AnomalyCounts anomalies,
      AddressNames names,
      List<KnownCapture> grownFrom)
      implements Delivery {}

  /** It could not be read; rows handed over before are void. */
  record Unreadable(Job job, String message) implements Delivery {}
}
