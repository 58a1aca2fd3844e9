package imon.quic;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/**
 * Opens Initial packets: takes the header protection off and decrypts the payload with
 * AEAD_AES_128_GCM (RFC 9001, sections 5.3 and 5.4). Reused, one per thread.
 *
 * <p>Of a packet whose end was not captured the tag is missing; GCM being counter mode (NIST SP
 * 800-38D), what is there can be decrypted all the same, but nothing vouches for it.
 */
final class PacketProtection {
  /** Neither opened nor decrypted. */
  static final int CLOSED = -1;

  private static final int TAG_BYTES = 16;
  private static final int SAMPLE_BYTES = 16;

  /** The sample stands where it would if the packet number had four bytes. */
  private static final int SAMPLE_DISTANCE = 4;

  /** The first four bits of a long header's first byte are not protected. */
  private static final int PROTECTED_BITS = 0x0f;

  private static final int RESERVED_BITS = 0x0c;

  /** GCM counts from 1 for the tag, so that the payload starts with 2. */
  private static final int FIRST_COUNTER = 2;

  private final Cipher headerCipher = cipher("AES/ECB/NoPadding");
  private final Cipher packetCipher = cipher("AES/GCM/NoPadding");
  private final Cipher counterCipher = cipher("AES/CTR/NoPadding");
  private final byte[] mask = new byte[SAMPLE_BYTES];
  private final byte[] nonce = new byte[InitialSalt.IV_BYTES];
  private final byte[] counter = new byte[SAMPLE_BYTES];
  private final byte[] openPacketNumber = new byte[4];
  private byte[] plaintext = new byte[2048];

  private byte first;
  private int packetNumberBytes;

  private static Cipher cipher(String name) {
    try {
      return Cipher.getInstance(name);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no " + name, missing);
    }
  }

  /** The opened payload, until the next call. */
  byte[] plaintext() {
    return plaintext;
  }

  /** Bytes of payload, its tag verified, or {@link #CLOSED}: other keys, or a damaged packet. */
  int open(InitialKeys keys, byte[] buffer, LongHeader header) {
    if (!openHeader(keys, buffer, header, header.end())) {
      return CLOSED;
    }
    int at = header.packetNumber() + packetNumberBytes;
    int length = header.end() - at;
    reserve(length);
    try {
      packetCipher.init(
          Cipher.DECRYPT_MODE, keys.packetKey(), new GCMParameterSpec(TAG_BYTES * 8, nonce));
      mask[0] = first;
      packetCipher.updateAAD(mask, 0, 1);
      packetCipher.updateAAD(
          buffer, header.start() + 1, header.packetNumber() - header.start() - 1);
      packetCipher.updateAAD(openPacketNumber, 0, packetNumberBytes);
      return packetCipher.doFinal(buffer, at, length, plaintext, 0);
    } catch (AEADBadTagException otherKeys) {
      return CLOSED;
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("cannot decrypt a QUIC Initial", failure);
    }
  }

  /**
   * Bytes of payload before {@code limit}, where the packet was cut, or {@link #CLOSED}. With wrong
   * keys it is noise.
   */
  int openCut(InitialKeys keys, byte[] buffer, LongHeader header, int limit) {
    if (!openHeader(keys, buffer, header, limit)) {
      return CLOSED;
    }
    int at = header.packetNumber() + packetNumberBytes;
    int length = Math.min(limit, header.end() - TAG_BYTES) - at;
    reserve(length);
    System.arraycopy(nonce, 0, counter, 0, nonce.length);
    counter[counter.length - 1] = FIRST_COUNTER;
    try {
      counterCipher.init(Cipher.DECRYPT_MODE, keys.packetKey(), new IvParameterSpec(counter));
      return counterCipher.doFinal(buffer, at, length, plaintext, 0);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("cannot decrypt a QUIC Initial", failure);
    }
  }

  /** False when the sample is not there, or the reserved bits show that the keys are others. */
  private boolean openHeader(InitialKeys keys, byte[] buffer, LongHeader header, int limit) {
    int at = header.packetNumber();
    if (limit - at < SAMPLE_DISTANCE + SAMPLE_BYTES) {
      return false;
    }
    try {
      headerCipher.init(Cipher.ENCRYPT_MODE, keys.headerKey());
      maskFrom(buffer, at + SAMPLE_DISTANCE);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("cannot read a QUIC header", failure);
    }
    first = (byte) (buffer[header.start()] ^ (mask[0] & PROTECTED_BITS));
    packetNumberBytes = 1 + (first & 3);
    int packetNumber = 0;
    for (int i = 0; i < packetNumberBytes; i++) {
      openPacketNumber[i] = (byte) (buffer[at + i] ^ mask[1 + i]);
      packetNumber = (packetNumber << 8) | (openPacketNumber[i] & 0xff);
    }
    keys.nonce(packetNumber, nonce);
    return (first & RESERVED_BITS) == 0;
  }

  private void maskFrom(byte[] buffer, int sample) throws GeneralSecurityException {
    int length = headerCipher.doFinal(buffer, sample, SAMPLE_BYTES, mask, 0);
    if (length != SAMPLE_BYTES) {
      throw new ShortBufferException("one block gives one block");
    }
  }

  private void reserve(int length) {
    if (plaintext.length < length) {
      plaintext = new byte[length];
    }
  }
}
