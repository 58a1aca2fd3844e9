package imon.name.service;

import imon.wire.Bytes;
import org.jspecify.annotations.Nullable;

/** Binary protocols over TCP: fixed bytes, and lengths that agree with each other. */
final class StreamSignatures {
  /** BEP 3: the length of the protocol's name, and the name. */
  private static final byte[] BITTORRENT = Prefix.bytes("\u0013BitTorrent protocol");

  private static final byte[] SMB1 = Prefix.bytes("\u00ffSMB"); // [MS-CIFS] 2.2.3.1
  private static final byte[] SMB2 = Prefix.bytes("\u00feSMB"); // [MS-SMB2] 2.2.1
  private static final byte[] SMB2_SEALED = Prefix.bytes("\u00fdSMB"); // [MS-SMB2] 2.2.41
  private static final byte[] MQTT = Prefix.bytes("\0\4MQTT"); // MQTT 3.1.1 and 5, section 3.1.2.1
  private static final byte[] MQTT_31 = Prefix.bytes("\0\6MQIsdp"); // MQTT 3.1, section 3.1

  private static final int POSTGRESQL_3 = 0x0003_0000;
  private static final int POSTGRESQL_TLS = 80877103;
  private static final int POSTGRESQL_CANCEL = 80877102;
  private static final int POSTGRESQL_MAX = 10_000;
  private static final byte[] POSTGRESQL_USER = Prefix.bytes("user\0");

  private StreamSignatures() {}

  static @Nullable Service match(byte[] buffer, int offset, int limit) {
    int length = limit - offset;
    if (length < 2) {
      return null;
    }
    if (Prefix.isAt(BITTORRENT, buffer, offset, limit)) {
      return Service.BITTORRENT;
    }
    if (length >= 5 && isTls(buffer, offset, limit)) {
      return Service.TLS;
    }
    if (isSmb(buffer, offset + 4, limit) && buffer[offset] == 0) {
      return Service.SMB;
    }
    if (isRdp(buffer, offset, length)) {
      return Service.RDP;
    }
    if (isMqtt(buffer, offset, limit)) {
      return Service.MQTT;
    }
    if (isOpenVpn(buffer, offset, length)) {
      return Service.OPENVPN;
    }
    if (DatagramSignatures.isStun(buffer, offset, length)) {
      return Service.STUN;
    }
    return matchServers(buffer, offset, limit);
  }

  private static @Nullable Service matchServers(byte[] buffer, int offset, int limit) {
    int length = limit - offset;
    if (isMysql(buffer, offset, length)) {
      return Service.MYSQL;
    }
    if (isPostgresql(buffer, offset, limit)) {
      return Service.POSTGRESQL;
    }
    if (isTeamviewer(buffer, offset, length)) {
      return Service.TEAMVIEWER;
    }
    if (isMemcached(buffer, offset, length)) {
      return Service.MEMCACHED;
    }
    if (isNetbiosSession(buffer, offset, length)) {
      return Service.NETBIOS_SESSION;
    }
    boolean dns =
        length > 2
            && Bytes.u16(buffer, offset) == length - 2
            && DatagramSignatures.isDns(buffer, offset + 2, length - 2);
    return dns ? Service.DNS : null;
  }

  /** RFC 8446, section 5.1: a handshake record that begins with a hello, and lengths that agree. */
  private static boolean isTls(byte[] buffer, int offset, int limit) {
    int record = Bytes.u16(buffer, offset + 3);
    if (limit - offset < 9
        || buffer[offset] != 22
        || buffer[offset + 1] != 3
        || Bytes.u8(buffer, offset + 2) > 4
        || record < 4
        || record > 16_384 + 256) {
      return false;
    }
    int type = buffer[offset + 5];
    int message = Bytes.i32(buffer, offset + 5) & 0xff_ffff;
    return (type == 1 || type == 2) && message >= 38 && message < 1 << 17;
  }

  /** After four bytes of NetBIOS session or direct transport. */
  private static boolean isSmb(byte[] buffer, int at, int limit) {
    return Prefix.isAt(SMB2, buffer, at, limit)
        || Prefix.isAt(SMB1, buffer, at, limit)
        || Prefix.isAt(SMB2_SEALED, buffer, at, limit);
  }

  /** TPKT (RFC 1006) around an X.224 connection request or confirm with RDP's own end of it. */
  private static boolean isRdp(byte[] buffer, int offset, int length) {
    if (length < 11 || buffer[offset] != 3 || buffer[offset + 1] != 0) {
      return false;
    }
    int packet = Bytes.u16(buffer, offset + 2);
    int connection = Bytes.u8(buffer, offset + 5);
    boolean fits = packet == length && Bytes.u8(buffer, offset + 4) == packet - 5;
    if (!fits || (connection != 0xe0 && connection != 0xd0)) {
      return false;
    }
    // [MS-RDPBCGR] 2.2.1.1: "Cookie: ", or a negotiation of 8 bytes at the end.
    boolean cookie = length > 15 && buffer[offset + 11] == 'C' && buffer[offset + 17] == ':';
    int end = offset + packet;
    boolean negotiation =
        packet >= 19 && buffer[end - 6] == 8 && buffer[end - 5] == 0 && buffer[end - 8] <= 3;
    return cookie || negotiation;
  }

  /** CONNECT: its type, a length of one to four bytes, and the protocol's name. */
  private static boolean isMqtt(byte[] buffer, int offset, int limit) {
    if (buffer[offset] != 0x10) {
      return false;
    }
    int at = offset + 1;
    while (at < limit && at < offset + 4 && buffer[at] < 0) {
      at++;
    }
    return Prefix.isAt(MQTT, buffer, at + 1, limit) || Prefix.isAt(MQTT_31, buffer, at + 1, limit);
  }

  /** Over TCP each packet has its length before it (OpenVPN's source, socket.h). */
  private static boolean isOpenVpn(byte[] buffer, int offset, int length) {
    if (length < 16 || Bytes.u16(buffer, offset) != length - 2) {
      return false;
    }
    return TunnelSignatures.isOpenVpnReset(buffer, offset + 2, length - 2);
  }

  /** Protocol 10 greeting: length, packet 0, version 10, then a version as text. */
  private static boolean isMysql(byte[] buffer, int offset, int length) {
    if (length < 10 || buffer[offset + 3] != 0 || buffer[offset + 4] != 10) {
      return false;
    }
    int packet = Bytes.u8(buffer, offset) | Bytes.u8(buffer, offset + 1) << 8;
    boolean version =
        isDigit(buffer[offset + 5]) && (buffer[offset + 6] == '.' || buffer[offset + 7] == '.');
    return buffer[offset + 2] == 0 && packet == length - 4 && version;
  }

  /** PostgreSQL's manual, "message formats": StartupMessage, SSLRequest, CancelRequest. */
  private static boolean isPostgresql(byte[] buffer, int offset, int limit) {
    int length = limit - offset;
    if (length < 8 || Bytes.i32(buffer, offset) != length || length > POSTGRESQL_MAX) {
      return false;
    }
    return switch (Bytes.i32(buffer, offset + 4)) {
      case POSTGRESQL_3 -> Prefix.isAt(POSTGRESQL_USER, buffer, offset + 8, limit);
      case POSTGRESQL_TLS -> length == 8;
      case POSTGRESQL_CANCEL -> length == 16;
      default -> false;
    };
  }

  /**
   * No specification; every connection seen begins with this magic and a command of 0x0a to 0x2f.
   */
  private static boolean isTeamviewer(byte[] buffer, int offset, int length) {
    return length >= 5
        && Bytes.u16(buffer, offset) == 0x1724
        && buffer[offset + 2] >= 0x0a
        && buffer[offset + 2] <= 0x2f;
  }

  /** Binary protocol: magic, a known opcode, data type 0, and lengths that hold each other. */
  private static boolean isMemcached(byte[] buffer, int offset, int length) {
    if (length < 24 || (buffer[offset] & 0xfe) != 0x80) {
      return false;
    }
    int key = Bytes.u16(buffer, offset + 2);
    int extras = Bytes.u8(buffer, offset + 4);
    int body = Bytes.i32(buffer, offset + 8);
    boolean status = buffer[offset] == (byte) 0x80 || Bytes.u16(buffer, offset + 6) <= 0x86;
    return Bytes.u8(buffer, offset + 1) <= 0x24
        && buffer[offset + 5] == 0
        && status
        && extras <= 20
        && key <= 250
        && body >= key + extras
        && body == length - 24;
  }

  /** RFC 1002, section 4.3.2: a session request is two names of 34 bytes. */
  private static boolean isNetbiosSession(byte[] buffer, int offset, int length) {
    return length == 72
        && Bytes.i32(buffer, offset) == 0x8100_0044
        && buffer[offset + 4] == 32
        && buffer[offset + 38] == 32;
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }
}
