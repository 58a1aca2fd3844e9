package imon.flow.stream;

import imon.flow.recent.StreamStart;
import java.util.Arrays;

/** Copies of the segments of one direction that came before their turn. */
final class HeldSegments {
  /** Segments that wait for one before them. */
  static final int SEGMENTS_LIMIT = 16;

  /** Bytes of all of them. */
  static final int BYTES_LIMIT = 128 * 1024;

  private static final byte[] NOTHING = new byte[0];

  private final int[] sequences = new int[SEGMENTS_LIMIT];
  private final byte[][] segments = new byte[SEGMENTS_LIMIT][];
  private int count;
  private int bytes;

  boolean isEmpty() {
    return count == 0;
  }

  /** Copies a segment; false when there is no room for it. */
  boolean add(int sequence, byte[] buffer, int offset, int limit) {
    if (count == SEGMENTS_LIMIT || limit - offset > BYTES_LIMIT - bytes) {
      return false;
    }
    sequences[count] = sequence;
    segments[count] = Arrays.copyOfRange(buffer, offset, limit);
    bytes += limit - offset;
    count++;
    return true;
  }

  /** Place of the segment that comes first in the stream; of equal ones, the one added first. */
  int earliest() {
    int earliest = 0;
    for (int i = 1; i < count; i++) {
      if (sequences[i] - sequences[earliest] < 0) {
        earliest = i;
      }
    }
    return earliest;
  }

  int sequence(int place) {
    return sequences[place];
  }

  byte[] segment(int place) {
    return segments[place];
  }

  /** Adds all of them to what a stream goes on with. */
  void addTo(StreamStart rest) {
    for (int i = 0; i < count; i++) {
      rest.add(sequences[i], segments[i], 0, segments[i].length);
    }
  }

  void remove(int place) {
    bytes -= segments[place].length;
    count--;
    System.arraycopy(sequences, place + 1, sequences, place, count - place);
    System.arraycopy(segments, place + 1, segments, place, count - place);
    segments[count] = NOTHING;
  }
}
