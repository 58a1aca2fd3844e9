package imon.analysis;

import imon.pcap.CaptureFiles;
import imon.pcap.CaptureReader;

/** Hears how an analysis goes; called by the thread that reads. */
public interface Progress {
  /** Nobody listens. */
  Progress SILENT = new Progress() {};

  /** A capture is open; its counters may be read from any thread until the next call. */
  default void begins(CaptureFiles.Input input, CaptureReader reader) {}

  /** A capture has been read; {@code message} is worth a line to the user. */
  default void says(String message) {}
}
