package imon.flow.recent;

import java.util.Arrays;

/**
 * Remembers words under a 64-bit signature for the next {@link #DISTANCE} packets of the capture.
 * Two generations take turns, so that nothing is ever removed one by one; an entry's age is checked
 * exactly, so that the answer does not depend on when generations turn.
 */
public final class RecentTable {
  /** For how many packets of the capture, of any flow, an entry is remembered. */
  public static final long DISTANCE = 1 << 18;

  private final int stride;
  private Generation current;
  private Generation previous;
  private Generation found;
  private long turned;

  /**
   * @param words how many words an entry has
   */
  public RecentTable(int words) {
    stride = words + 2;
    current = new Generation(stride);
    previous = new Generation(stride);
    found = current;
  }

  /** Makes or renews an entry; where its words start in {@link #words()}. */
  public int put(long signature, long packet) {
    if (packet - turned > DISTANCE) {
      turn(packet);
    }
    found = current;
    return current.put(signature, packet);
  }

  /** The array {@link #put} and {@link #find} speak of; valid until the next call of either. */
  public long[] words() {
    return found.words;
  }

  /** Where the entry's words start in {@link #words()}, or -1 when there is none. */
  public int find(long signature, long packet) {
    int at = findIn(current, signature, packet);
    return at >= 0 ? at : findIn(previous, signature, packet);
  }

  private int findIn(Generation generation, long signature, long packet) {
    int at = generation.find(signature);
    if (at < 0 || packet - generation.words[at + 1] > DISTANCE) {
      return -1;
    }
    found = generation;
    return at + 2;
  }

  private void turn(long packet) {
    Generation oldest = previous;
    previous = current;
    current = oldest;
    current.clear();
    turned = packet;
  }

  /** Open addressing; the first word of an entry is its signature, the second its packet number. */
  private static final class Generation {
    final int stride;
    long[] words;
    int size;

    Generation(int stride) {
      this.stride = stride;
      words = new long[64 * stride];
    }

    int find(long signature) {
      int slots = words.length / stride;
      int slot = (int) (signature & slots - 1);
      while (words[slot * stride + 1] != 0) {
        if (words[slot * stride] == signature) {
          return slot * stride;
        }
        slot = slot + 1 & slots - 1;
      }
      return -1 - slot * stride;
    }

    int put(long signature, long packet) {
      int at = find(signature);
      if (at < 0) {
        at = -1 - at;
        if (++size * 2 > words.length / stride) {
          grow();
          at = -1 - find(signature);
        }
        words[at] = signature;
      }
      words[at + 1] = packet;
      return at + 2;
    }

    private void grow() {
      long[] old = words;
      words = new long[old.length * 2];
      for (int at = 0; at < old.length; at += stride) {
        if (old[at + 1] != 0) {
          System.arraycopy(old, at, words, -1 - find(old[at]), stride);
        }
      }
    }

    void clear() {
      Arrays.fill(words, 0);
      size = 0;
    }
  }
}
