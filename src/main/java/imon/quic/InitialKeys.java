package imon.quic;

import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of a client's Initial packets: they stay what the first Destination Connection ID made
 * them, also when the server has chosen another (RFC 9001, section 5.2).
 */
final class InitialKeys {
  private final InitialSalt salt;
  private final byte[] connectionId;
  private final SecretKeySpec packetKey;
  private final byte[] iv;
  private final SecretKeySpec headerKey;

  /** Keeps the arrays. */
  InitialKeys(
      InitialSalt salt,
      byte[] connectionId,
      SecretKeySpec packetKey,
      byte[] iv,
      SecretKeySpec headerKey) {
    this.salt = salt;
    this.connectionId = connectionId;
    this.packetKey = packetKey;
    this.iv = iv;
    this.headerKey = headerKey;
  }

  InitialSalt salt() {
    return salt;
  }

  /** The id they were made from. */
  byte[] connectionId() {
    return connectionId;
  }

  /** Whether they were made from {@code buffer[from, to)}. */
  boolean areOf(byte[] buffer, int from, int to) {
    return Arrays.equals(connectionId, 0, connectionId.length, buffer, from, to);
  }

  SecretKeySpec packetKey() {
    return packetKey;
  }

  SecretKeySpec headerKey() {
    return headerKey;
  }

  /** Writes the nonce of a packet: the IV with the packet number mixed in (section 5.3). */
  void nonce(int packetNumber, byte[] nonce) {
    System.arraycopy(iv, 0, nonce, 0, iv.length);
    for (int i = 0; i < Integer.BYTES; i++) {
      nonce[iv.length - 1 - i] ^= (byte) (packetNumber >>> (8 * i));
    }
  }
}
