package imon.report;

import imon.report.Report.AnomalyRow;
import imon.report.Report.CaptureRow;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was on the wire and is not in the capture files.
 *
 * @param droppedPackets packets that the capturing side says it lost, or null if no capture says
 * @param silentCaptures captures that do not say
 * @param missingBytes bytes behind a snap length, as far as the length of a file tells
 * @param cutHeaders packets of which not even the headers are whole
 */
public record Losses(
    @Nullable Long droppedPackets, long silentCaptures, long missingBytes, long cutHeaders) {
  private static final int PCAP_HEADER = 24;
  private static final int PCAP_RECORD_HEADER = 16;

  /** Those of a report. */
  public static Losses of(Report report) {
    long silent = report.captures().stream().filter(c -> c.dropped() == null).count();
    long dropped =
        report.captures().stream()
            .map(CaptureRow::dropped)
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .sum();
    return new Losses(
        silent == report.captures().size() ? null : dropped,
        silent,
        report.captures().stream().mapToLong(Losses::missingBytes).sum(),
        report.anomalies().stream()
            .filter(anomaly -> anomaly.kind().endsWith("-cut"))
            .mapToLong(AnomalyRow::count)
            .sum());
  }

  /**
   * Bytes that a capture counts and its file does not hold; 0 where the length of the file does not
   * tell.
   */
  private static long missingBytes(CaptureRow capture) {
    if (!capture.format().equals("pcap") || !capture.status().equals("ok")) {
      return 0;
    }
    long held = capture.fileBytes() - PCAP_HEADER - PCAP_RECORD_HEADER * capture.packets();
    return Math.max(0, capture.wireBytes() - held);
  }
}
