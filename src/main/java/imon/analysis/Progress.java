package imon.analysis;

import imon.pcap.CaptureFiles;
import imon.pcap.CaptureReader;
import imon.pcap.CaptureSummary;

/** Hears how an analysis goes, from several threads. */
public interface Progress {
  /** Nobody listens. */
  Progress SILENT = new Progress() {};

  /** A capture is open, maybe beside others; its counters may be asked for until it ends. */
  default void begins(CaptureFiles.Input input, CaptureReader reader) {}

  /** A capture that has begun is not read any more. */
  default void ends(CaptureReader reader) {}

  /** A capture was read to its end, and was not given before. */
  default void taken(CaptureFiles.Input input, CaptureSummary summary) {}

  /**
   * {@code message} is worth a line to the user; of captures that are read at once, messages come
   * in the order in which these were given.
   */
  default void says(String message) {}
}
