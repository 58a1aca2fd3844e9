package imon.dns;

import imon.name.NameTable;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names of one message, compressed or not (RFC 1035, section 4.1.4). A pointer may only
 * go to before the piece of name it ends, so that no loop is possible and none is looked for. The
 * latest names are remembered by where they stand: most owners are one pointer to a name already
 * read.
 */
final class NameReader {
  private static final int HEADER_BYTES = 12;
  private static final int MAX_LABELS_BYTES = 254;
  private static final int POINTER = 0xC0;

  /** A power of two. */
  private static final int REMEMBERED = 16;

  private static final long HASH_SEED = 0xCBF29CE484222325L;
  private static final long HASH_MULTIPLIER = 0x100000001B3L;

  private final NameTable table;
  private final byte[] labels = new byte[MAX_LABELS_BYTES];
  private final int[] rememberedAt = new int[REMEMBERED];
  private final @Nullable String[] rememberedHost = new @Nullable String[REMEMBERED];
  private int remembered;

  private byte[] buffer = new byte[0];
  private int start;
  private int limit;

  private int labelsLength;
  private int end;
  private @Nullable String host;

  NameReader(NameTable table) {
    this.table = table;
  }

  /** Forgets the message before. The buffer is read until the next call. */
  void wrap(byte[] message, int offset, int messageLimit) {
    buffer = message;
    start = offset;
    limit = messageLimit;
    remembered = 0;
  }

  /**
   * Reads the name at {@code at}; {@link #host()} and {@link #end()} speak of it when the result is
   * {@code NONE}.
   */
  Fault read(int at) {
    int from = at;
    if (at + 2 <= limit && isPointer(at)) {
      from = target(at);
      if (recall(from)) {
        end = at + 2;
        return Fault.NONE;
      }
    }
    Fault fault = gather(at);
    if (fault == Fault.NONE) {
      host = labelsLength == 0 ? null : table.hostOfLabels(labels, 0, labelsLength);
      remember(from);
    }
    return fault;
  }

  /** The name as a host, or null when it cannot be one. */
  @Nullable String host() {
    return host;
  }

  /** The first position after the name where it stands; a pointer counts two bytes. */
  int end() {
    return end;
  }

  /**
   * A hash of the name just gathered that takes no notice of ASCII case; only for a name that was
   * not remembered.
   */
  long hash() {
    long hash = HASH_SEED;
    for (int i = 0; i < labelsLength; i++) {
      int value = labels[i];
      hash = (hash ^ (value >= 'A' && value <= 'Z' ? value + 32 : value)) * HASH_MULTIPLIER;
    }
    return hash;
  }

  private Fault gather(int first) {
    labelsLength = 0;
    end = -1;
    int piece = first;
    int at = first;
    while (at < limit) {
      int length = buffer[at] & 0xff;
      if (length == 0) {
        endAt(at + 1);
        return Fault.NONE;
      }
      if (length < POINTER) {
        Fault fault = addLabel(at, length);
        if (fault != Fault.NONE) {
          return fault;
        }
        at += 1 + length;
      } else if (at + 2 > limit) {
        return Fault.CUT;
      } else {
        endAt(at + 2);
        at = target(at);
        if (at >= piece || at < start + HEADER_BYTES) {
          return Fault.MALFORMED;
        }
        piece = at;
      }
    }
    return Fault.CUT;
  }

  private Fault addLabel(int at, int length) {
    if (length > 63 || labelsLength + 1 + length > MAX_LABELS_BYTES) {
      return Fault.MALFORMED;
    }
    if (at + 1 + length > limit) {
      return Fault.CUT;
    }
    System.arraycopy(buffer, at, labels, labelsLength, 1 + length);
    labelsLength += 1 + length;
    return Fault.NONE;
  }

  private void endAt(int position) {
    if (end < 0) {
      end = position;
    }
  }

  private boolean isPointer(int at) {
    return (buffer[at] & POINTER) == POINTER;
  }

  private int target(int at) {
    return start + (((buffer[at] & 0x3f) << 8) | (buffer[at + 1] & 0xff));
  }

  private boolean recall(int from) {
    for (int i = Math.min(remembered, REMEMBERED) - 1; i >= 0; i--) {
      if (rememberedAt[i] == from) {
        host = rememberedHost[i];
        return true;
      }
    }
    return false;
  }

  private void remember(int from) {
    int slot = remembered & (REMEMBERED - 1);
    rememberedAt[slot] = from;
    rememberedHost[slot] = host;
    remembered++;
  }
}
