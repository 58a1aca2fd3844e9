package imon.quic;

import imon.name.NameTable;
import imon.quic.QuicInitial.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The client's first handshake message of Google QUIC: a table of tags, each with the end of its
 * value, little-endian, and then the values.
 *
 * <pre>
 *  | 'CHLO' | count(2) | 0(2) | count * (tag(4) end of value(4)) | values
 * </pre>
 */
final class GoogleHello {
  private static final int CHLO = tag('C', 'H', 'L', 'O');
  private static final int SNI = tag('S', 'N', 'I', '\0');
  private static final int HEADER_BYTES = 8;
  private static final int ENTRY_BYTES = 8;
  private static final int MAX_ENTRIES = 128;
  private static final int MAX_VALUE_BYTES = 64 * 1024;

  /** Before a clear packet's frames stand at least flags, connection id and version. */
  private static final int LEAST_HEADER_BYTES = 13;

  private final NameTable names;
  private @Nullable String serverName;

  GoogleHello(NameTable names) {
    this.names = names;
  }

  private static int tag(char first, char second, char third, char fourth) {
    return first | (second << 8) | (third << 16) | (fourth << 24);
  }

  /** The host of the SNI tag when the verdict was {@code NAMED}, else null. */
  @Nullable String serverName() {
    return serverName;
  }

  /**
   * Whether this is a packet of a version whose first packets are clear, sent by a client: Q043 and
   * before with the public header (flags, connection id, version), Q044 to Q049 with a long one.
   */
  static boolean isClearPacket(byte[] buffer, int offset, int limit) {
    if (limit - offset < LEAST_HEADER_BYTES) {
      return false;
    }
    if (buffer[offset] < 0) {
      int version = version(buffer, offset + 1);
      return version >= 44 && version <= 49;
    }
    int flags = buffer[offset];
    boolean versioned = (flags & 0x0b) == 0x09;
    return versioned && version(buffer, offset + 9) >= 0 && version(buffer, offset + 9) <= 43;
  }

  /** The number in 'Q0nn', or -1. */
  private static int version(byte[] buffer, int at) {
    int tens = buffer[at + 2] - '0';
    int ones = buffer[at + 3] - '0';
    boolean digits = tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
    return buffer[at] == 'Q' && buffer[at + 1] == '0' && digits ? tens * 10 + ones : -1;
  }

  /**
   * Reads the hello in a clear packet. What stands before it changed with nearly every version, and
   * it must be whole in one packet; so it is looked for, and known by its table.
   */
  Verdict search(byte[] buffer, int offset, int limit) {
    serverName = null;
    for (int at = offset + LEAST_HEADER_BYTES; at + HEADER_BYTES <= limit; at++) {
      if (buffer[at] == 'C' && littleInt(buffer, at) == CHLO) {
        Verdict verdict = read(buffer, at, limit);
        if (verdict != Verdict.NOT_QUIC) {
          return verdict;
        }
      }
    }
    return Verdict.NOT_QUIC;
  }

  /** Reads the hello that starts at {@code offset}; {@code NOT_QUIC} when it is something else. */
  Verdict read(byte[] buffer, int offset, int limit) {
    serverName = null;
    if (limit - offset < HEADER_BYTES) {
      return Verdict.INCOMPLETE;
    }
    int count = littleShort(buffer, offset + 4);
    if (littleInt(buffer, offset) != CHLO
        || littleShort(buffer, offset + 6) != 0
        || count > MAX_ENTRIES) {
      return Verdict.NOT_QUIC;
    }
    return readTable(buffer, offset + HEADER_BYTES, count, limit);
  }

  private Verdict readTable(byte[] buffer, int table, int count, int limit) {
    int values = table + count * ENTRY_BYTES;
    int start = 0;
    for (int at = table; at < values; at += ENTRY_BYTES) {
      if (at + ENTRY_BYTES > limit) {
        return Verdict.INCOMPLETE;
      }
      int end = littleInt(buffer, at + 4);
      if (end < start || end > MAX_VALUE_BYTES) {
        return Verdict.NOT_QUIC;
      }
      if (littleInt(buffer, at) == SNI) {
        return readName(buffer, values + start, values + end, limit);
      }
      start = end;
    }
    return Verdict.NAMELESS;
  }

  private Verdict readName(byte[] buffer, int from, int to, int limit) {
    if (to > limit) {
      return Verdict.INCOMPLETE;
    }
    serverName = names.host(buffer, from, to);
    return serverName == null ? Verdict.NAMELESS : Verdict.NAMED;
  }

  private static int littleShort(byte[] buffer, int at) {
    return (buffer[at] & 0xff) | ((buffer[at + 1] & 0xff) << 8);
  }

  private static int littleInt(byte[] buffer, int at) {
    return littleShort(buffer, at) | (littleShort(buffer, at + 2) << 16);
  }
}
