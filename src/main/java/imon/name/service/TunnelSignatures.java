package imon.name.service;

import imon.wire.Bytes;
import org.jspecify.annotations.Nullable;

/** Protocols that wrap others or seal them: what their handshakes begin with. */
final class TunnelSignatures {
  /** Opcodes 7, 8 and 10, each beside key 0. */
  private static final int RESET = 7 << 3;

  private static final int SERVER_RESET = 8 << 3;
  private static final int RESET_WITH_KEY = 10 << 3;
  private static final int BARE_RESET = 14;

  /** Acknowledges the client's packet 0 and names its session. */
  private static final int BARE_ANSWER = 26;

  private static final int SEALED_RESET = 54;
  private static final int MAX_RESET = 1_024;

  private static final int IKE_HEADER = 28;

  private TunnelSignatures() {}

  /** Of a datagram of at least 12 bytes. */
  static @Nullable Service match(byte[] buffer, int offset, int length) {
    if (isDtls(buffer, offset, length)) {
      return Service.DTLS;
    }
    if (isWireguard(buffer, offset, length)) {
      return Service.WIREGUARD;
    }
    if (isIke(buffer, offset, length)
        || (Bytes.i32(buffer, offset) == 0 && isIke(buffer, offset + 4, length - 4))) {
      return Service.IPSEC;
    }
    return isOpenVpnReset(buffer, offset, length) ? Service.OPENVPN : null;
  }

  /**
   * The hard reset of an OpenVPN peer with key 0 (OpenVPN's source, ssl_pkt.h, tls_crypt.h): bare,
   * signed (tls-auth), sealed (tls-crypt), or sealed with the client's own key behind it
   * (tls-crypt-v2), whose last two bytes are its length.
   */
  static boolean isOpenVpnReset(byte[] buffer, int offset, int length) {
    if (length < BARE_RESET || length > MAX_RESET) {
      return false;
    }
    return switch (Bytes.u8(buffer, offset)) {
      case RESET ->
          (length == BARE_RESET && isBareReset(buffer, offset))
              || isSignedReset(buffer, offset, length)
              || (length == SEALED_RESET && Bytes.i32(buffer, offset + 9) == 1);
      case RESET_WITH_KEY ->
          length > SEALED_RESET && Bytes.u16(buffer, offset + length - 2) == length - SEALED_RESET;
      case SERVER_RESET ->
          length == BARE_ANSWER
              && buffer[offset + 9] == 1
              && Bytes.i32(buffer, offset + 10) == 0
              && Bytes.i32(buffer, offset + 22) == 0;
      default -> false;
    };
  }

  /** After the session: nothing acknowledged, packet 0. */
  private static boolean isBareReset(byte[] buffer, int offset) {
    return buffer[offset + 9] == 0 && Bytes.i32(buffer, offset + 10) == 0;
  }

  /**
   * After the session: a digest of 16, 20, 32 or 64 bytes, packet 1 of the digests, the time,
   * nothing acknowledged, packet 0.
   */
  private static boolean isSignedReset(byte[] buffer, int offset, int length) {
    int digest = length - 22;
    boolean known = digest == 16 || digest == 20 || digest == 32 || digest == 64;
    int after = offset + 9 + digest;
    return known
        && Bytes.i32(buffer, after) == 1
        && buffer[after + 8] == 0
        && Bytes.i32(buffer, after + 9) == 0;
  }

  /** RFC 6347, section 4.1: a handshake record of epoch 0 that begins with a hello. */
  private static boolean isDtls(byte[] buffer, int offset, int length) {
    if (length < 14 || buffer[offset] != 22 || Bytes.u16(buffer, offset + 3) != 0) {
      return false;
    }
    int version = Bytes.u16(buffer, offset + 1);
    boolean known = version == 0xfeff || version == 0xfefd || version == 0x0100;
    int message = buffer[offset + 13];
    return known
        && Bytes.u16(buffer, offset + 11) <= length - 13
        && (message == 1 || message == 2 || message == 3);
  }

  /** WireGuard, section 5.4: type, three zero bytes, and one length per type. */
  private static boolean isWireguard(byte[] buffer, int offset, int length) {
    return switch (Bytes.i32(buffer, offset)) {
      case 0x0100_0000 -> length == 148;
      case 0x0200_0000 -> length == 92;
      case 0x0300_0000 -> length == 64;
      default -> false;
    };
  }

  /** RFC 7296, section 3.1, and RFC 2408 for version 1: the length is the datagram's. */
  private static boolean isIke(byte[] buffer, int offset, int length) {
    if (length < IKE_HEADER || Bytes.i32(buffer, offset + 24) != length) {
      return false;
    }
    int version = Bytes.u8(buffer, offset + 17);
    int exchange = Bytes.u8(buffer, offset + 18);
    boolean second = version == 0x20 && exchange >= 34 && exchange <= 45;
    boolean first = version == 0x10 && (exchange <= 6 || exchange == 32 || exchange == 33);
    return (first || second) && Bytes.i64(buffer, offset) != 0;
  }
}
