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
  private static final int MAX_LABEL = 63;
  private static final int POINTER = 0xC0;

  /**
   * A name has at most 127 labels, and no sender needs a pointer without one. Without this bound, a
   * message of pointers to pointers would cost the square of its length.
   */
  private static final int MAX_POINTERS = 127;

  /** A power of two. */
  private static final int REMEMBERED = 16;

  private static final byte[] HTTPS_LABEL = {6, '_', 'h', 't', 't', 'p', 's'};
  private static final byte[] DNS_LABEL = {4, '_', 'd', 'n', 's'};
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
  private Fault fault = Fault.NONE;
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
    Fault result = gather(at);
    if (result == Fault.NONE) {
      int first = hostStart();
      host = labelsLength == 0 ? null : table.hostOfLabels(labels, first, labelsLength);
      remember(from);
    }
    return result;
  }

  /**
   * Gathers the name at {@code at} as it is, host or not; {@link #labels()}, {@link #hash()} and
   * {@link #end()} speak of it when the result is {@code NONE}.
   */
  Fault readLabels(int at) {
    return gather(at);
  }

  /**
   * The labels of the name just gathered, each after its length byte, the root left out; only of a
   * name that was not remembered.
   */
  byte[] labels() {
    return labels;
  }

  int labelsLength() {
    return labelsLength;
  }

  /** Steps over the name at {@code at} wherever it leads; then only {@link #end()} speaks of it. */
  Fault skip(int at) {
    int position = at;
    while (position < limit) {
      int length = buffer[position] & 0xff;
      if (length == 0 || length >= POINTER) {
        end = position + (length == 0 ? 1 : 2);
        return end > limit ? Fault.CUT : Fault.NONE;
      }
      if (length > MAX_LABEL) {
        return Fault.MALFORMED;
      }
      position += 1 + length;
    }
    return Fault.CUT;
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

  /**
   * Where the host starts: after the labels that stand for a port other than 443, as in {@code
   * _8443._https.example.com} (RFC 9460, section 9.1), or for a name server, {@code
   * _dns.example.com} or {@code _5353._dns.example.com} (RFC 9461, section 4).
   */
  private int hostStart() {
    int scheme = portBytes();
    if (scheme > 0 && isLabel(HTTPS_LABEL, scheme)) {
      return scheme + HTTPS_LABEL.length;
    }
    return isLabel(DNS_LABEL, scheme) ? scheme + DNS_LABEL.length : 0;
  }

  /** Bytes of the first label when it is a port, else 0. */
  private int portBytes() {
    int bytes = labelsLength == 0 ? 0 : 1 + labels[0];
    if (bytes < 3 || labels[1] != '_') {
      return 0;
    }
    for (int i = 2; i < bytes; i++) {
      if (labels[i] < '0' || labels[i] > '9') {
        return 0;
      }
    }
    return bytes;
  }

  /** Whether this label in lower case stands there, with more behind it. */
  private boolean isLabel(byte[] label, int at) {
    if (at + label.length >= labelsLength) {
      return false;
    }
    for (int i = 0; i < label.length; i++) {
      int value = labels[at + i];
      if ((value >= 'A' && value <= 'Z' ? value + 32 : value) != label[i]) {
        return false;
      }
    }
    return true;
  }

  private Fault gather(int first) {
    labelsLength = 0;
    end = -1;
    int piece = first;
    int at = first;
    for (int pointers = 0; pointers <= MAX_POINTERS; pointers++) {
      at = gatherPiece(at);
      if (at < 0) {
        return fault;
      }
      int target = target(at);
      if (target >= piece || target < start + HEADER_BYTES) {
        return Fault.MALFORMED;
      }
      piece = target;
      at = target;
    }
    return Fault.MALFORMED;
  }

  /** Takes labels as far as a pointer, whose position it returns; -1 when there is none. */
  private int gatherPiece(int first) {
    int at = first;
    while (at < limit) {
      int length = buffer[at] & 0xff;
      if (length == 0) {
        endAt(at + 1);
        return stop(Fault.NONE);
      }
      if (length >= POINTER) {
        endAt(at + 2);
        return at + 2 > limit ? stop(Fault.CUT) : at;
      }
      if (length > MAX_LABEL || labelsLength + 1 + length > MAX_LABELS_BYTES) {
        return stop(Fault.MALFORMED);
      }
      if (at + 1 + length > limit) {
        return stop(Fault.CUT);
      }
      System.arraycopy(buffer, at, labels, labelsLength, 1 + length);
      labelsLength += 1 + length;
      at += 1 + length;
    }
    return stop(Fault.CUT);
  }

  private int stop(Fault why) {
    fault = why;
    return -1;
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
