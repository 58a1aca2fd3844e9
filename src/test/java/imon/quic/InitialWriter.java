package imon.quic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes one side's Initial packets (RFC 9000, section 17.2.2; RFC 9001, section 5). Written apart
 * from the reader, so that each proves the other. Set once, then used for any number of packets.
 */
public final class InitialWriter {
  private static final String SALT_1 = "38762cf7f55934b34d179ae6a4c80cadccbb7f0a";
  private static final String SALT_2 = "0dede3def700a6db819381be6e269dcbf9bd2ed9";
  private static final int TAG_BYTES = 16;

  /** With that many bytes the sample of the header protection is always there. */
  private static final int LEAST_PAYLOAD = 4;

  private final int version;
  private final int type;
  private final byte[] secret;
  private final String labels;
  private byte[] destinationId;
  private byte[] sourceId = new byte[0];
  private byte[] token = new byte[0];
  private int packetNumberBytes = 2;
  private int fixedBit = 0x40;

  private InitialWriter(
      int version, int type, String salt, String labels, String side, byte[] firstId) {
    this.version = version;
    this.type = type;
    this.labels = labels;
    destinationId = firstId;
    secret = expand(hmac(HexFormat.of().parseHex(salt), firstId), side, 32);
  }

  /** A client of version 1 whose first Destination Connection ID this is. */
  public static InitialWriter version1(byte[] firstId) {
    return of(1, SALT_1, firstId);
  }

  /** The same of version 2 (RFC 9369). */
  public static InitialWriter version2(byte[] firstId) {
    return new InitialWriter(0x6b3343cf, 1, SALT_2, "quicv2 ", "client in", firstId);
  }

  /** A client of any version that differs from version 1 in number and salt only. */
  public static InitialWriter of(int version, String salt, byte[] firstId) {
    return new InitialWriter(version, 0, salt, "quic ", "client in", firstId);
  }

  /** A server of version 1 that answers a client with this first Destination Connection ID. */
  public static InitialWriter server(byte[] firstId) {
    return new InitialWriter(1, 0, SALT_1, "quic ", "server in", firstId);
  }

  /** Later packets go to this id; the keys stay. */
  public InitialWriter to(byte[] id) {
    destinationId = id;
    return this;
  }

  public InitialWriter from(byte[] id) {
    sourceId = id;
    return this;
  }

  public InitialWriter withToken(byte[] bytes) {
    token = bytes;
    return this;
  }

  /** From 1 to 4; 2 unless set. */
  public InitialWriter withPacketNumberBytes(int count) {
    packetNumberBytes = count;
    return this;
  }

  /** As a client does that was told it may (RFC 9287). */
  public InitialWriter withoutFixedBit() {
    fixedBit = 0;
    return this;
  }

  /** The frames in a packet that fills a datagram of {@code size} bytes by itself. */
  public byte[] padded(int size, int packetNumber, byte[]... frames) {
    byte[] payload = join(frames);
    int overhead = packet(packetNumber, new byte[LEAST_PAYLOAD]).length - LEAST_PAYLOAD;
    return packet(packetNumber, Arrays.copyOf(payload, Math.max(payload.length, size - overhead)));
  }

  /** The frames in a packet as small as can be. */
  public byte[] packet(int packetNumber, byte[]... frames) {
    byte[] payload = join(frames);
    byte[] number = ByteBuffer.allocate(4).putInt(packetNumber).array();
    number = Arrays.copyOfRange(number, 4 - packetNumberBytes, 4);
    byte[] header =
        join(
            longHeader(
                0x80 | fixedBit | type << 4 | packetNumberBytes - 1,
                version,
                destinationId,
                sourceId),
            variable(token.length),
            token,
            length(packetNumberBytes + payload.length + TAG_BYTES),
            number);
    return protect(header, encrypt(header, payload, packetNumber));
  }

  private byte[] encrypt(byte[] header, byte[] payload, int packetNumber) {
    byte[] nonce = expand(secret, labels + "iv", 12);
    ByteBuffer.wrap(nonce).putInt(8, ByteBuffer.wrap(nonce).getInt(8) ^ packetNumber);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, key("key"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
      cipher.updateAAD(header);
      return cipher.doFinal(payload);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private byte[] protect(byte[] header, byte[] sealed) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key("hp"));
      byte[] mask = cipher.doFinal(sealed, 4 - packetNumberBytes, 16);
      header[0] ^= (byte) (mask[0] & 0x0f);
      for (int i = 0; i < packetNumberBytes; i++) {
        header[header.length - packetNumberBytes + i] ^= mask[1 + i];
      }
      return join(header, sealed);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private SecretKeySpec key(String label) {
    return new SecretKeySpec(expand(secret, labels + label, 16), "AES");
  }

  /** Everything of a long header up to the connection ids. */
  public static byte[] longHeader(int first, int version, byte[] destination, byte[] source) {
    return join(
        new byte[] {(byte) first},
        ByteBuffer.allocate(4).putInt(version).array(),
        new byte[] {(byte) destination.length},
        destination,
        new byte[] {(byte) source.length},
        source);
  }

  /** A 0-RTT packet of version 1 around bytes that nobody can decrypt. */
  public static byte[] zeroRtt(byte[] destination, byte[] source, byte[] sealed) {
    return join(longHeader(0xd3, 1, destination, source), length(sealed.length), sealed);
  }

  /** A Handshake packet of version 1 around bytes that nobody can decrypt. */
  public static byte[] handshake(byte[] destination, byte[] source, byte[] sealed) {
    return join(longHeader(0xe3, 1, destination, source), length(sealed.length), sealed);
  }

  /** A CRYPTO frame with {@code message[from, to)}, which stands at {@code from} in its stream. */
  public static byte[] crypto(byte[] message, int from, int to) {
    byte[] content = Arrays.copyOfRange(message, from, to);
    return join(new byte[] {6}, variable(from), variable(content.length), content);
  }

  /** A number as short as can be (RFC 9000, section 16), below 2^30. */
  public static byte[] variable(int value) {
    if (value < 1 << 6) {
      return new byte[] {(byte) value};
    }
    return value < 1 << 14
        ? length(value)
        : ByteBuffer.allocate(4).putInt(value | 0x8000_0000).array();
  }

  /** A length in two bytes, as most write it. */
  private static byte[] length(int value) {
    return new byte[] {(byte) (value >>> 8 | 0x40), (byte) value};
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  /** HKDF-Expand-Label (RFC 8446, section 7.1) for up to 32 bytes. */
  private static byte[] expand(byte[] secret, String label, int bytes) {
    byte[] name = ("tls13 " + label).getBytes(US_ASCII);
    byte[] info =
        join(
            new byte[] {0, (byte) bytes, (byte) name.length}, name, new byte[] {0}, new byte[] {1});
    return Arrays.copyOf(hmac(secret, info), bytes);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
