package imon.wire.link.described;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * What an early driver said about an 802.11 frame, in one of two forms: Prism
 * (LINKTYPE_IEEE802_11_PRISM), whose length stands in the capturing host's byte order, or AVS
 * (LINKTYPE_IEEE802_11_AVS). Some drivers write the second under the first's number. Carries a
 * frame of link type 105.
 *
 * <pre>
 * Prism: | message code (4) | length (4) | device name (16) | items |
 * AVS:   | version 0x80211nnn (4) | length (4) | ... |
 * </pre>
 */
public final class PrismHeader extends Encapsulation {
  private static final int SHORTEST = 8;
  private static final int LONGEST = 4096;
  private static final int AVS = 0x80211;
  private static final int WLAN = EtherType.ofLinkType(105);

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + SHORTEST > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int length = Bytes.i32(buffer, offset + 4);
    boolean avs = Bytes.i32(buffer, offset) >>> 12 == AVS;
    if (!avs && (length < 0 || length > LONGEST)) {
      length = Integer.reverseBytes(length);
    }
    if (length < SHORTEST || length > LONGEST) {
      return Anomaly.LINK_HEADER_BAD;
    }
    if (offset + length > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    carries(WLAN, offset + length, limit);
    return null;
  }
}
