package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * The first subframe of an 802.11 aggregate (A-MSDU; IEEE 802.11, clause 9.3.2.2.2). Each but the
 * last is filled up to a multiple of four bytes.
 *
 * <pre>
 * +-----------------+------------+------------+-----------------+---------+
 * | destination (6) | source (6) | length (2) | LLC and what it carries   |
 * +-----------------+------------+------------+-----------------+---------+
 * </pre>
 */
public final class WlanSubframe extends Encapsulation {
  private static final int HEADER = 14;
  private static final int LENGTH = 12;

  private boolean last;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    last = true;
    int start = offset + HEADER;
    if (start > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int length = Bytes.u16(buffer, offset + LENGTH);
    int next = offset + (HEADER + length + 3 & ~3);
    // What is shorter than a header is padding, or a check sequence.
    last = next + HEADER > limit;
    carries(EtherType.LLC, start, Math.min(limit, start + length));
    return null;
  }

  /** Whether no other subframe follows, as far as the frame was captured. */
  public boolean isLast() {
    return last;
  }
}
