package imon.analysis.cut;

import imon.pcap.identity.KnownCapture;
import imon.wire.Addresses.Words;
import java.util.List;

/**
 * What to cut out of one capture.
 *
 * @param path where it was when it was analyzed, {@code -} for standard input
 * @param known what it was then; a capture that has grown since begins with that
 * @param length how many packets it had then
 * @param packets numbers of packets, from 1, ascending
 * @param flows flows of which to take all packets
 */
public record Excerpt(
    String path, KnownCapture known, long length, List<Long> packets, List<Flow> flows) {
  public Excerpt {
    packets = List.copyOf(packets);
    flows = List.copyOf(flows);
  }

  /**
   * The packets between two ends, both ways, for some time.
   *
   * @param clientPort 0 where the protocol has no ports, as {@code serverPort}
   * @param start the time of its first packet, nanoseconds since 1970 UTC
   * @param end the time of its last packet, likewise
   */
  public record Flow(
      int protocol,
      Words client,
      int clientPort,
      Words server,
      int serverPort,
      long start,
      long end) {}
}
