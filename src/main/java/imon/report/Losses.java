package imon.report;

import imon.pcap.Anomaly;
import imon.report.Report.AnomalyRow;
import imon.report.Report.CaptureRow;
import imon.report.Report.Group;
import imon.report.Report.LedgerRow;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where captures differ from the wire: what is not in their files, and what is in them twice. It
 * follows from the other figures of a report, all its captures and anomalies among them.
 *
 * @param droppedPackets packets that the capturing side says it lost, or null if no capture says
 * @param silentCaptures captures that do not say
 * @param missingBytes bytes behind a snap length, as far as the length of a file tells
 * @param cutHeaders packets of which not even the headers are whole
 * @param copiesCounted packets that are copies of others and belong to their flows all the same
 * @param copiesApart packets that are copies of others and belong to no flow ({@code --dedupe})
 */
public record Losses(
    @Nullable Long droppedPackets,
    long silentCaptures,
    long missingBytes,
    long cutHeaders,
    long copiesCounted,
    long copiesApart) {
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
        anomalies(report, kind -> kind.endsWith("-cut")),
        anomalies(report, Anomaly.DUPLICATE_PACKET.label()::equals),
        report.ledger().stream()
            .filter(row -> row.group() == Group.DUPLICATE)
            .mapToLong(LedgerRow::packets)
            .sum());
  }

  private static long anomalies(Report report, Predicate<String> kind) {
    return report.anomalies().stream()
        .filter(anomaly -> kind.test(anomaly.kind()))
        .mapToLong(AnomalyRow::count)
        .sum();
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
