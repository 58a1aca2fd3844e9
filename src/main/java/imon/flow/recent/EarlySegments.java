package imon.flow.recent;

import org.jspecify.annotations.Nullable;

/**
 * The first segments of streams whose SYN, or what followed it, was not seen, or of a server before
 * its client said anything. Alone they say nothing; but when a segment with a lower sequence number
 * turns out to be a start, they are what follows it, and when the other side asks, they may be its
 * answer. They are joined by sequence number, so that no byte is taken for another, and kept for
 * {@link #DISTANCE} ticks of the capture.
 */
public final class EarlySegments {
  /** Segments are swapped with their neighbours, not with those of another second. */
  static final long DISTANCE = 1 << 10;

  /** Segments of a direction that are kept. */
  private static final int SEGMENTS = 3;

  /** A segment that is longer was put together by the sender's machine, and so not swapped. */
  private static final int LONGEST = 4096;

  private final OpenStates<StreamStart> early = new OpenStates<>(DISTANCE);

  /**
   * Keeps a segment that says nothing.
   *
   * @param key of the stream
   * @param before how many segments of the stream were looked at before
   */
  public void keep(
      long key, int before, long tick, int sequence, byte[] source, int from, int limit) {
    int length = limit - from;
    if (before >= SEGMENTS || length > LONGEST) {
      return;
    }
    StreamStart kept = early.find(key, tick);
    if (kept == null || kept.isBehind(sequence)) {
      StreamStart lower = new StreamStart(sequence);
      if (kept != null) {
        kept.addTo(lower);
      }
      early.open(key, tick, lower);
      kept = lower;
    }
    kept.add(sequence, source, from, length);
  }

  /** Adds what was kept of a stream to its start; whether that has more bytes now. */
  public boolean join(long key, long tick, StreamStart start) {
    StreamStart kept = take(key, tick);
    if (kept == null) {
      return false;
    }
    int before = start.contiguous();
    kept.addTo(start);
    return start.contiguous() > before;
  }

  /** What was kept of a stream, if anything was; it is kept no more. */
  public @Nullable StreamStart take(long key, long tick) {
    StreamStart kept = early.find(key, tick);
    early.close(key);
    return kept;
  }

  /** Whether something is kept of a stream. */
  public boolean holds(long key) {
    return early.holds(key);
  }

  public void close(long key) {
    early.close(key);
  }

  public void expire(long tick) {
    early.expire(tick);
  }
}
