package imon.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads of numbers, in network byte order where nothing else is said; the caller has checked the
 * bounds.
 */
public final class Bytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Bytes() {}

  public static int u8(byte[] buffer, int offset) {
    return buffer[offset] & 0xff;
  }

  public static int u16(byte[] buffer, int offset) {
    return (short) SHORT.get(buffer, offset) & 0xffff;
  }

  /** The 32 bits as they are, the highest of them the sign. */
  public static int i32(byte[] buffer, int offset) {
    return (int) INT.get(buffer, offset);
  }

  public static long u32(byte[] buffer, int offset) {
    return i32(buffer, offset) & 0xffff_ffffL;
  }

  /** Six bytes, such as a MAC address. */
  public static long u48(byte[] buffer, int offset) {
    return (long) u16(buffer, offset) << 32 | u32(buffer, offset + 2);
  }

  /** Two bytes, the lowest first. */
  public static int littleU16(byte[] buffer, int offset) {
    return u8(buffer, offset) | u8(buffer, offset + 1) << 8;
  }

  /** Four bytes, the lowest first; the highest bit is the sign. */
  public static int littleI32(byte[] buffer, int offset) {
    return Integer.reverseBytes(i32(buffer, offset));
  }

  /** The 64 bits as they are, the highest of them the sign. */
  public static long i64(byte[] buffer, int offset) {
    return (long) LONG.get(buffer, offset);
  }
}
