package imon.pcap.input;

/**
 * Unpacks blocks of LZ4 (LZ4 block format): sequences of literals and a copy of what was unpacked
 * before. It stops where a sequence is not whole or impossible; what stands before is kept.
 */
final class Lz4Block {
  private static final int LONG = 15;
  private static final int SHORTEST_MATCH = 4;

  private byte[] packed = {};
  private int in;
  private int limit;
  private final byte[] target;
  private int end;

  /** Unpacks into {@code target}, which no block may overrun. */
  Lz4Block(byte[] target) {
    this.target = target;
  }

  /**
   * Unpacks {@code bytes[0, length)}.
   *
   * @param start where in the target the block begins, behind bytes that it may copy
   * @return whether the block is whole and sound; {@link #end} tells how far it went
   */
  boolean unpack(byte[] bytes, int length, int start) {
    packed = bytes;
    in = 0;
    limit = length;
    end = start;
    while (in < limit) {
      int token = packed[in++] & 0xff;
      if (!copyLiterals(token >>> 4)) {
        return false;
      }
      if (in == limit) {
        return true;
      }
      if (!copyMatch(token & LONG)) {
        return false;
      }
    }
    return false;
  }

  /** Where in the target the unpacked bytes end. */
  int end() {
    return end;
  }

  private boolean copyLiterals(int nibble) {
    int length = length(nibble);
    int whole = Math.min(length, Math.min(limit - in, target.length - end));
    if (whole < 0) {
      return false;
    }
    System.arraycopy(packed, in, target, end, whole);
    in += whole;
    end += whole;
    return whole == length;
  }

  private boolean copyMatch(int nibble) {
    if (limit - in < 2) {
      return false;
    }
    int distance = (packed[in] & 0xff) | (packed[in + 1] & 0xff) << 8;
    in += 2;
    int length = length(nibble) + SHORTEST_MATCH;
    if (length < SHORTEST_MATCH
        || length > target.length - end
        || distance == 0
        || distance > end) {
      return false;
    }
    repeat(distance, length);
    return true;
  }

  /** Copies what stands {@code distance} before the end; it may overlap with what it becomes. */
  private void repeat(int distance, int length) {
    int source = end - distance;
    int copied = 0;
    while (copied < length) {
      int piece = Math.min(length - copied, distance + copied);
      System.arraycopy(target, source, target, end + copied, piece);
      copied += piece;
    }
    end += length;
  }

  /** A length that goes on in further bytes while these are 255; below -4 when they are cut. */
  private int length(int nibble) {
    int length = nibble;
    int more = nibble == LONG ? 255 : 0;
    while (more == 255) {
      if (in == limit) {
        return Integer.MIN_VALUE;
      }
      more = packed[in++] & 0xff;
      length += more;
    }
    return length;
  }
}
