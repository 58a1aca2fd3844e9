package imon.samples;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of bytes; numbers are written in network order unless another order is asked. */
final class Octets {
  private final boolean bigEndian;
  private byte[] bytes = new byte[128];
  private int length;

  Octets() {
    this(ByteOrder.BIG_ENDIAN);
  }

  Octets(ByteOrder order) {
    bigEndian = order == ByteOrder.BIG_ENDIAN;
  }

  static byte[] concat(byte[]... parts) {
    Octets all = new Octets();
    for (byte[] part : parts) {
      all.bytes(part);
    }
    return all.toArray();
  }

  Octets u8(int value) {
    return number(value, 1);
  }

  Octets u16(int value) {
    return number(value, 2);
  }

  Octets u24(int value) {
    return number(value, 3);
  }

  Octets u32(long value) {
    return number(value, 4);
  }

  Octets u48(long value) {
    return number(value, 6);
  }

  Octets u64(long value) {
    return number(value, 8);
  }

  Octets bytes(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  Octets zeros(int count) {
    return bytes(new byte[count]);
  }

  /** Each character as the byte of its low eight bits. */
  Octets text(String text) {
    return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The bytes after a 16-bit length. */
  Octets counted16(byte[] more) {
    return u16(more.length).bytes(more);
  }

  /** Zeros up to the next multiple of {@code unit}. */
  Octets padTo(int unit) {
    return zeros((unit - length % unit) % unit);
  }

  int length() {
    return length;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  private Octets number(long value, int size) {
    room(size);
    for (int i = 0; i < size; i++) {
      int shift = 8 * (bigEndian ? size - 1 - i : i);
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
