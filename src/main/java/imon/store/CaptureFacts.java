package imon.store;

import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureSummary;

/**
 * A capture whose rows are all loaded.
 *
 * @param path as the user named it
 * @param source network the capture is from; the empty text when there is only one
 * @param options those that changed what was taken in, as text; empty when there were none
 * @param summary what the reader counted
 * @param anomalies what the reader and the workers met
 */
public record CaptureFacts(
    String path, String source, String options, CaptureSummary summary, AnomalyCounts anomalies) {

  /** One that was taken in without options. */
  public CaptureFacts(String path, String source, CaptureSummary summary, AnomalyCounts anomalies) {
    this(path, source, "", summary, anomalies);
  }
}
