package imon.wire.tunnel;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A GTP-U header (3GPP TS 29.281, section 5.1) with its extension headers (section 5.2), or one of
 * GTP version 0 (GSM 09.60, section 6). Only a message of type 255 (G-PDU, T-PDU) carries a packet.
 *
 * <pre>
 *  0               1               2               3
 * +-----+--+-+-+-+-+---------------+-------------------------------+
 * | Ver |PT|0|E|S|N| Message Type  |            Length             |
 * +-----+--+-+-+-+-+---------------+-------------------------------+
 * |                  Tunnel Endpoint Identifier                    |
 * +--------------------------------+---------------+---------------+
 * |  Sequence Number (if E, S, N)  |  N-PDU Number | Next Extension|
 * +--------------------------------+---------------+---------------+
 * </pre>
 *
 * <p>Of the last line each field means something only by its own flag. Version 0 has sequence
 * number, flow label, LLC frame number and an identifier of eight bytes behind the length instead.
 */
public final class GtpHeader extends Encapsulation {
  private static final int HEADER = 8;
  private static final int HEADER_0 = 20;
  private static final int OPTIONAL_FIELDS = 4;
  private static final int VERSION_0 = 0x1e;

  /** All but whether there is an LLC frame number. */
  private static final int VERSION_0_MASK = 0xfe;

  private static final int VERSION_1 = 0x30;
  private static final int VERSION_MASK = 0xf8;
  private static final int ANY_OPTION = 0x07;
  private static final int EXTENSION = 0x04;
  private static final int PACKET = 255;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + HEADER > limit) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    int flags = Bytes.u8(buffer, offset);
    if ((flags & VERSION_0_MASK) == VERSION_0) {
      return carryBehind(buffer, offset, offset + HEADER_0, end(buffer, offset, HEADER_0, limit));
    }
    if ((flags & VERSION_MASK) != VERSION_1) {
      return Anomaly.TUNNEL_HEADER_BAD;
    }
    int end = end(buffer, offset, HEADER, limit);
    int start = offset + HEADER;
    if ((flags & ANY_OPTION) != 0) {
      start += OPTIONAL_FIELDS;
    }
    if ((flags & EXTENSION) != 0) {
      start = afterExtensions(buffer, start, end);
    }
    return carryBehind(buffer, offset, start, end);
  }

  private static int end(byte[] buffer, int offset, int header, int limit) {
    return Math.min(limit, offset + header + Bytes.u16(buffer, offset + 2));
  }

  private @Nullable Anomaly carryBehind(byte[] buffer, int offset, int start, int end) {
    if (start >= end) {
      return Anomaly.TUNNEL_HEADER_CUT;
    }
    boolean packet = Bytes.u8(buffer, offset + 1) == PACKET;
    carries(packet ? EtherType.ofIpVersion(buffer[start]) : EtherType.NOTHING, start, end);
    return null;
  }

  /**
   * Each extension counts itself in words of four bytes and says in its last byte what follows, as
   * the byte before the first does. At {@code end} when the list is cut, or has an extension of
   * length 0.
   */
  private static int afterExtensions(byte[] buffer, int first, int end) {
    int position = first;
    while (position <= end && buffer[position - 1] != 0) {
      int length = position < end ? Bytes.u8(buffer, position) * 4 : 0;
      if (length == 0) {
        return end;
      }
      position += length;
    }
    return Math.min(position, end);
  }
}
