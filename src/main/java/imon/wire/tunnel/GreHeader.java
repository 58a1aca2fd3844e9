package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A GRE header of version 0 (RFC 2784, RFC 2890, routing of RFC 1701) or 1 (PPTP's, RFC 2637).
 *
 * <pre>
 *  0               1               2               3
 * +-+-+-+-+-+-----+-+-------+-----+-------------------------------+
 * |C|R|K|S|s|Recur|A| Flags | Ver |         Protocol Type         |
 * +-+-+-+-+-+-----+-+-------+-----+-------------------------------+
 * |   Checksum (if C or R)        |      Offset (if C or R)       |
 * +-------------------------------+-------------------------------+
 * |   Key (if K; version 1: payload length and call id)           |
 * +---------------------------------------------------------------+
 * |   Sequence Number (if S)                                      |
 * +---------------------------------------------------------------+
 * |   Routing entries (if R), or Acknowledgment Number (if A)     |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class GreHeader extends Encapsulation {
  private static final int HEADER = 4;
  private static final int CHECKSUM = 0x8000;
  private static final int ROUTING = 0x4000;
  private static final int KEY = 0x2000;
  private static final int SEQUENCE = 0x1000;
  private static final int ACKNOWLEDGMENT = 0x0080;
  private static final int VERSION = 0x0007;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    int flags = Bytes.u16(buffer, offset);
    int type = Bytes.u16(buffer, offset + 2);
    return switch (flags & VERSION) {
      case 0 -> wrapVersion0(buffer, offset, limit, flags, type);
      case 1 -> wrapVersion1(buffer, offset, limit, flags, type);
      default -> Anomaly.TUNNEL_HEADER_BAD;
    };
  }

  private @Nullable Anomaly wrapVersion0(
      byte[] buffer, int offset, int limit, int flags, int type) {
    int start = offset + HEADER;
    start += (flags & (CHECKSUM | ROUTING)) != 0 ? 4 : 0;
    start += (flags & KEY) != 0 ? 4 : 0;
    start += (flags & SEQUENCE) != 0 ? 4 : 0;
    if ((flags & ROUTING) != 0) {
      start = afterRouting(buffer, start, limit);
    }
    if (start > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    carryVersion0(buffer, start, limit, type, (flags & SEQUENCE) != 0);
    return null;
  }

  /** The list ends with an entry of length 0 (RFC 1701). Behind {@code limit} when it is cut. */
  private static int afterRouting(byte[] buffer, int offset, int limit) {
    int entry = offset;
    while (entry + 4 <= limit) {
      int length = Bytes.u8(buffer, entry + 3);
      entry += 4 + length;
      if (length == 0) {
        return entry;
      }
    }
    return limit + 1;
  }

  /** ERSPAN of type I has neither a sequence number nor a header of its own. */
  private void carryVersion0(byte[] buffer, int start, int limit, int type, boolean sequenced) {
    if (type == EtherType.ERSPAN && !sequenced) {
      carries(EtherType.TRANSPARENT_ETHERNET, start, limit);
    } else if (type == EtherType.WCCP) {
      carryRedirected(buffer, start, limit);
    } else {
      carries(EtherType.orNothing(type), start, limit);
    }
  }

  /** A header of four bytes stands before the packet, or none does. */
  private void carryRedirected(byte[] buffer, int start, int limit) {
    boolean bare = start < limit && EtherType.ofIpVersion(buffer[start]) != EtherType.NOTHING;
    int packet = bare ? start : start + 4;
    carries(packet < limit ? EtherType.IPV4 : EtherType.NOTHING, packet, limit);
  }

  /** Without a sequence number it is an acknowledgment only. */
  private @Nullable Anomaly wrapVersion1(
      byte[] buffer, int offset, int limit, int flags, int type) {
    if (type != EtherType.PPP || (flags & (CHECKSUM | ROUTING | KEY)) != KEY) {
      return Anomaly.TUNNEL_HEADER_BAD;
    }
    boolean sequenced = (flags & SEQUENCE) != 0;
    int start = offset + HEADER + 4;
    start += sequenced ? 4 : 0;
    start += (flags & ACKNOWLEDGMENT) != 0 ? 4 : 0;
    if (start > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    int end = Math.min(limit, start + Bytes.u16(buffer, offset + HEADER));
    carries(sequenced ? EtherType.PPP : EtherType.NOTHING, start, end);
    return null;
  }
}
