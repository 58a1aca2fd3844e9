package imon.tls.rdp;

import imon.wire.Bytes;

/**
 * A datagram of RDP's transport over UDP.
 *
 * <pre>
 *  versions 1, 2 ([MS-RDPEUDP], 2.2.2)
 *  | highest packet seen(4) | window(2) | flags(2) | ACK: length(2) vector, padded to 4
 *  | ACK_OF_ACKS: (4) | DATA: coded sequence(4) | source sequence(4) | data
 *
 *  version 3 ([MS-RDPEUDP2], 2.2.1), first and eighth byte exchanged
 *  | prefix(1) | window and flags(2), lowest byte first | what the flags say | data sequence(2)
 *  | perhaps an acknowledgement vector | channel sequence(2) | data
 * </pre>
 */
public final class RdpDatagram {
  private static final int SYN = 0x0001;
  private static final int ACK = 0x0004;
  private static final int DATA = 0x0008;
  private static final int ACK_OF_ACKS = 0x0100;

  /** SYN, SYNLOSSY, CORRELATION_ID, SYNEX: what a client's SYN may have. */
  private static final int OF_SYN = 0x1a01;

  /** ACK, DATA, CN, CWR, ACK_OF_ACKS, ACKDELAYED: what a source packet may have. */
  private static final int OF_SOURCE = 0x056c;

  private static final int HEADER_BYTES = 8;
  private static final int SEQUENCE_BYTES = 8;
  private static final int SYN_BYTES = 16;
  private static final int LEAST_UNIT = 1132;
  private static final int LARGEST_UNIT = 1232;
  private static final int MAX_VECTOR = 2048;

  /** Of version 3: data, and a packet of seven bytes or more. */
  private static final int PREFIX = 0xe0;

  private static final int ACK_3 = 0x001;
  private static final int DATA_3 = 0x004;
  private static final int VECTOR_3 = 0x008;
  private static final int ACK_OF_ACKS_3 = 0x010;
  private static final int OVERHEAD_3 = 0x040;
  private static final int DELAY_3 = 0x100;
  private static final int OF_PACKET_3 = 0x15d;

  /** Where the byte stands that changed places with the first. */
  private static final int EXCHANGED = 7;

  private static final int CUT = -1;

  private byte[] buffer = new byte[0];
  private int start;
  private int payload;
  private int payloadLimit;
  private int sequence;
  private boolean version3;

  /**
   * Whether a client opens a connection with {@code buffer[offset, limit)}: nothing seen yet, no
   * other flags, both units of transmission within their limits, and padded to one of them
   * ([MS-RDPEUDP], 3.1.5.1.1).
   */
  public static boolean isSyn(byte[] buffer, int offset, int limit) {
    if (limit - offset < SYN_BYTES || Bytes.i32(buffer, offset) != -1) {
      return false;
    }
    int flags = Bytes.u16(buffer, offset + 6);
    int up = Bytes.u16(buffer, offset + 12);
    int down = Bytes.u16(buffer, offset + 14);
    return (flags & SYN) != 0
        && (flags & ~OF_SYN) == 0
        && isUnit(up)
        && isUnit(down)
        && limit - offset == Math.min(up, down);
  }

  private static boolean isUnit(int bytes) {
    return bytes >= LEAST_UNIT && bytes <= LARGEST_UNIT;
  }

  /** Reads a source packet of version 1 or 2; false when this is none. */
  public boolean wrap(byte[] datagram, int offset, int limit) {
    version3 = false;
    int flags = limit - offset < HEADER_BYTES ? 0 : Bytes.u16(datagram, offset + 6);
    if ((flags & DATA) == 0 || (flags & ~OF_SOURCE) != 0) {
      return false;
    }
    int at = offset + HEADER_BYTES;
    if ((flags & ACK) != 0) {
      if (at + 2 > limit || Bytes.u16(datagram, at) > MAX_VECTOR) {
        return false;
      }
      at += vectorBytes(datagram, at);
    }
    at += (flags & ACK_OF_ACKS) != 0 ? 4 : 0;
    payload = at + SEQUENCE_BYTES;
    if (payload >= limit) {
      return false;
    }
    start = offset;
    buffer = datagram;
    payloadLimit = limit;
    sequence = Bytes.i32(datagram, at + 4);
    return true;
  }

  /** The length, the elements, and what fills up the last four bytes. */
  private static int vectorBytes(byte[] datagram, int at) {
    return (2 + Bytes.u16(datagram, at) + 3) & ~3;
  }

  /** Reads a data packet of version 3; false when this is none. */
  public boolean wrapVersion3(byte[] datagram, int offset, int limit) {
    version3 = true;
    buffer = datagram;
    start = offset;
    payloadLimit = limit;
    if (limit - offset <= EXCHANGED || u8(offset) != PREFIX) {
      return false;
    }
    int flags = (u8(offset + 1) | u8(offset + 2) << 8) & 0xfff;
    if ((flags & DATA_3) == 0 || (flags & ~OF_PACKET_3) != 0) {
      return false;
    }
    int channel = channelAt(flags, offset + 3);
    payload = channel + 2;
    if (channel == CUT || payload >= limit) {
      return false;
    }
    sequence = u8(channel) | u8(channel + 1) << 8;
    return true;
  }

  /** Where the channel's sequence number stands, behind all that the flags announce. */
  private int channelAt(int flags, int first) {
    int at = first;
    if ((flags & ACK_3) != 0) {
      at = has(at, 7) ? at + 7 + (u8(at + 6) & 0xf) : payloadLimit;
    }
    at += (flags & OVERHEAD_3) != 0 ? 1 : 0;
    at += (flags & DELAY_3) != 0 ? 3 : 0;
    at += (flags & ACK_OF_ACKS_3) != 0 ? 2 : 0;
    at += 2;
    if ((flags & VECTOR_3) != 0) {
      at = has(at, 3) ? at + 3 + vector3Bytes(u8(at + 2)) : payloadLimit;
    }
    return has(at, 2) ? at : CUT;
  }

  /** The low seven bits are the length of the vector; the highest says that a time is before it. */
  private static int vector3Bytes(int size) {
    return (size & 0x7f) + (size >>> 7) * 4;
  }

  private boolean has(int at, int count) {
    return at + count <= payloadLimit;
  }

  private int u8(int at) {
    return Bytes.u8(buffer, version3 ? exchanged(at) : at);
  }

  private int exchanged(int at) {
    int place = at - start;
    return place == 0 || place == EXCHANGED ? start + EXCHANGED - place : at;
  }

  /** The packet's number in its direction: all bits count, or the low 16 of version 3. */
  public int sequence() {
    return sequence;
  }

  /** Where the data starts; only of versions 1 and 2 does it stand there as it is. */
  public int payload() {
    return payload;
  }

  public int payloadLimit() {
    return payloadLimit;
  }

  /** The data, its bytes in their places. */
  byte[] copy() {
    byte[] copy = new byte[payloadLimit - payload];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (byte) u8(payload + i);
    }
    return copy;
  }
}
