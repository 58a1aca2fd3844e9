package imon.name.service;

import imon.wire.Bytes;
import org.jspecify.annotations.Nullable;

/** Protocols over UDP: fixed bytes, and lengths that agree with the datagram's. */
final class DatagramSignatures {
  private static final int STUN_COOKIE = 0x2112_A442;
  private static final int DHCP_COOKIE = 0x6382_5363;
  private static final int DNS_HEADER = 12;

  private static final byte[] DHT_QUERY = Prefix.bytes("d1:ad2:id20:"); // BEP 5
  private static final byte[] DHT_RESPONSE = Prefix.bytes("d1:rd2:id20:"); // BEP 5
  private static final byte[] DHT_WITH_ADDRESS = Prefix.bytes("d2:ip6:"); // BEP 42
  private static final byte[] DHT_ERROR = Prefix.bytes("d1:eli20"); // BEP 5
  private static final byte[] LOCAL_PEERS = Prefix.bytes("BT-SEARCH * HTTP/1.1\r\n"); // BEP 14

  private DatagramSignatures() {}

  static @Nullable Service match(byte[] buffer, int offset, int limit) {
    int length = limit - offset;
    if (length < 12) {
      return null;
    }
    Service tunnel = TunnelSignatures.match(buffer, offset, length);
    if (tunnel != null) {
      return tunnel;
    }
    if (isStun(buffer, offset, length)) {
      return Service.STUN;
    }
    if (isDhcp(buffer, offset, length)) {
      return Service.DHCP;
    }
    if (isBittorrent(buffer, offset, limit)) {
      return Service.BITTORRENT;
    }
    if (isNtp(buffer, offset, length)) {
      return Service.NTP;
    }
    if (isNetbiosDatagram(buffer, offset, length)) {
      return Service.NETBIOS_DATAGRAM;
    }
    if (isDns(buffer, offset, length)) {
      return isNetbiosName(buffer, offset, length) ? Service.NETBIOS_NAME : Service.DNS;
    }
    Service text = TextSignatures.matchDatagram(buffer, offset, limit);
    return text == null && isRtcp(buffer, offset, length) ? Service.RTP : text;
  }

  /** RFC 8489, section 5: two zero bits, a length of whole words that fits, the cookie. */
  static boolean isStun(byte[] buffer, int offset, int length) {
    return length >= 20
        && (buffer[offset] & 0xc0) == 0
        && Bytes.i32(buffer, offset + 4) == STUN_COOKIE
        && (Bytes.u16(buffer, offset + 2) & 3) == 0
        && Bytes.u16(buffer, offset + 2) <= length - 20;
  }

  /**
   * A DNS header that can only be one (RFC 1035, section 4.1.1), with a question that is whole:
   * standard opcode, known RCODE, the reserved bit 0, one question of class IN, and a query has no
   * answers.
   */
  static boolean isDns(byte[] buffer, int offset, int length) {
    if (length < DNS_HEADER + 5) {
      return false;
    }
    int flags = Bytes.u16(buffer, offset + 2);
    boolean response = (flags & 0x8000) != 0;
    int opcode = flags >>> 11 & 0xf;
    if (opcode > 8
        || (flags & 0x0040) != 0
        || (flags & 0xf) > (response ? 10 : 0)
        || Bytes.u16(buffer, offset + 4) != 1
        || Bytes.u16(buffer, offset + 6) > (response ? 256 : 0)
        || Bytes.u16(buffer, offset + 8) > 64
        || Bytes.u16(buffer, offset + 10) > 64) {
      return false;
    }
    int end = nameEnd(buffer, offset + DNS_HEADER, offset + length);
    return end >= 0
        && end + 4 <= offset + length
        && Bytes.u16(buffer, end) - 1 < 260
        && Bytes.u16(buffer, end + 2) == 1
        && Bytes.u16(buffer, end) != 0;
  }

  /** RFC 2131, section 2: the cookie after the fixed part. */
  private static boolean isDhcp(byte[] buffer, int offset, int length) {
    return length >= 240 && Bytes.i32(buffer, offset + 236) == DHCP_COOKIE && buffer[offset] <= 2;
  }

  private static boolean isBittorrent(byte[] buffer, int offset, int limit) {
    return Prefix.isAt(DHT_QUERY, buffer, offset, limit)
        || Prefix.isAt(DHT_RESPONSE, buffer, offset, limit)
        || Prefix.isAt(DHT_WITH_ADDRESS, buffer, offset, limit)
        || Prefix.isAt(DHT_ERROR, buffer, offset, limit)
        || Prefix.isAt(LOCAL_PEERS, buffer, offset, limit)
        || isMicroTransport(buffer, offset, limit - offset);
  }

  /**
   * BEP 29, only a SYN: type 4, version 1, no extension or the one that is empty, no delay yet,
   * sequence number 1, nothing acknowledged.
   */
  private static boolean isMicroTransport(byte[] buffer, int offset, int length) {
    boolean bare = length == 20 && buffer[offset + 1] == 0;
    return bare
        && buffer[offset] == 0x41
        && Bytes.i32(buffer, offset + 8) == 0
        && Bytes.i32(buffer, offset + 16) == 0x0001_0000;
  }

  /** RFC 5905, section 7.3: version 3 or 4, client or server, no more than the header. */
  private static boolean isNtp(byte[] buffer, int offset, int length) {
    int version = buffer[offset] >>> 3 & 7;
    int mode = buffer[offset] & 7;
    if (length != 48 || version < 3 || version > 4 || mode < 3 || mode > 4) {
      return false;
    }
    int stratum = Bytes.u8(buffer, offset + 1);
    int poll = buffer[offset + 2];
    int precision = buffer[offset + 3];
    boolean server = mode == 4 && stratum >= 1 && precision < 0;
    boolean transmitted = Bytes.i64(buffer, offset + 40) != 0;
    return stratum <= 16
        && poll >= 0
        && poll <= 17
        && precision <= 0
        && transmitted
        && (server || mode == 3);
  }

  /** RFC 1002, section 4.4.1: a known type, and a source name of half bytes in letters. */
  private static boolean isNetbiosDatagram(byte[] buffer, int offset, int length) {
    int type = buffer[offset];
    return length >= 48
        && type >= 0x10
        && type <= 0x12
        && Bytes.u16(buffer, offset + 10) == length - 14
        && isHalfBytes(buffer, offset + 14, offset + length);
  }

  private static boolean isNetbiosName(byte[] buffer, int offset, int length) {
    int type = length < 50 ? 0 : Bytes.u16(buffer, offset + 46);
    return (type == 0x20 || type == 0x21)
        && isHalfBytes(buffer, offset + DNS_HEADER, offset + length);
  }

  private static boolean isHalfBytes(byte[] buffer, int at, int limit) {
    if (limit - at < 34 || buffer[at] != 32) {
      return false;
    }
    for (int i = at + 1; i <= at + 32; i++) {
      if (buffer[i] < 'A' || buffer[i] > 'P') {
        return false;
      }
    }
    return true;
  }

  /**
   * RTP itself has two bits that are sure; its control protocol has more (RFC 3550, appendix A.2):
   * version 2, a report as the first packet, and lengths that add up to the datagram's.
   */
  private static boolean isRtcp(byte[] buffer, int offset, int length) {
    int type = Bytes.u8(buffer, offset + 1);
    if ((type != 200 && type != 201) || (buffer[offset] & 0x20) != 0) {
      return false;
    }
    int at = 0;
    while (at + 4 <= length) {
      int next = Bytes.u8(buffer, offset + at + 1);
      boolean packet = (buffer[offset + at] & 0xc0) == 0x80 && next >= 200 && next <= 207;
      if (!packet) {
        return false;
      }
      at += 4 * (1 + Bytes.u16(buffer, offset + at + 2));
    }
    return at == length;
  }

  /** Where a name of plain labels ends; -1 when it is none, or cut. */
  private static int nameEnd(byte[] buffer, int first, int limit) {
    int at = first;
    while (at < limit && buffer[at] != 0) {
      int label = Bytes.u8(buffer, at);
      if (label > 63 || at - first > 254) {
        return -1;
      }
      at += 1 + label;
    }
    return at < limit ? at + 1 : -1;
  }
}
