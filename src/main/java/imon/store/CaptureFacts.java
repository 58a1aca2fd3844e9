package imon.store;

import imon.flow.option.FactOptions;
import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureSummary;

/**
 * A capture whose rows are all loaded.
 *
 * @param path as the user named it
 * @param source network the capture is from; the empty text when there is only one
 * @param options what was asked for when it was read
 * @param summary what the reader counted
 * @param anomalies what the reader and the workers met
 */
public record CaptureFacts(
    String path,
    String source,
    FactOptions options,
    CaptureSummary summary,
    AnomalyCounts anomalies) {}
