package imon.pcap;

/**
 * A walk over the options of a pcapng block: code (16 bits), length (16 bits), value, padded to 32
 * bits. A reused view; it never looks outside of its bounds and ends where the list is broken.
 */
final class PcapngOptions {
  private static final int HEADER = 4;

  private final RecordStepper words;
  private byte[] bytes = {};
  private int following;
  private int end;
  private int code;
  private int length;
  private int value;
  private boolean broken;

  /** Options in the byte order that {@code words} has at the time. */
  PcapngOptions(RecordStepper words) {
    this.words = words;
  }

  /** Stands before the first option of the list from {@code from} to {@code to}. */
  void wrap(byte[] buffer, int from, int to) {
    bytes = buffer;
    following = from;
    end = to;
    broken = false;
  }

  /** Moves to the next option; false at the end, which need not be marked. */
  boolean next() {
    if (following == end) {
      return false;
    }
    if (end - following < HEADER) {
      return breakOff();
    }
    code = words.half(bytes, following);
    length = words.half(bytes, following + 2);
    value = following + HEADER;
    if (code == 0) {
      return false;
    }
    if (length > end - value) {
      return breakOff();
    }
    following = Math.min(end, value + padded(length));
    return true;
  }

  /** Moves to the end, where all that counts is whether the options are sound. */
  void walk() {
    boolean more = next();
    while (more) {
      more = next();
    }
  }

  int code() {
    return code;
  }

  /** Whether the value has the length its code demands; if not, the list counts as broken. */
  boolean hasLength(int demanded) {
    broken |= length != demanded;
    return length == demanded;
  }

  int byteValue() {
    return bytes[value] & 0xff;
  }

  /** Eight bytes in the section's byte order. */
  long longValue() {
    long first = Integer.toUnsignedLong(words.word(bytes, value));
    long second = Integer.toUnsignedLong(words.word(bytes, value + 4));
    return words.bigEndian ? first << 32 | second : second << 32 | first;
  }

  /** Whether the walk so far met something that cannot be. */
  boolean broken() {
    return broken;
  }

  static int padded(int length) {
    return (length + 3) & ~3;
  }

  private boolean breakOff() {
    broken = true;
    return false;
  }
}
