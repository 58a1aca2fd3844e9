package imon.samples;

import java.util.Arrays;

/** A frame as a capture records it: maybe cut, maybe with a false original length. */
final class Packet {
  private final long time;
  private final byte[] frame;
  private final int capturedLength;
  private final long declaredLength;

  private Packet(long time, byte[] frame, int capturedLength, long declaredLength) {
    this.time = time;
    this.frame = frame;
    this.capturedLength = capturedLength;
    this.declaredLength = declaredLength;
  }

  /** A frame with its capture time in nanoseconds since 1970 UTC; {@code snap} cuts it. */
  static Packet of(long time, byte[] frame, int snap) {
    return new Packet(time, frame, Math.min(snap, frame.length), frame.length);
  }

  /** A whole frame whose record lies about the original length. */
  static Packet misdeclared(long time, byte[] frame, long declaredLength) {
    return new Packet(time, frame, frame.length, declaredLength);
  }

  /** The same frame so many nanoseconds later. */
  Packet later(long nanos) {
    return new Packet(time + nanos, frame, capturedLength, declaredLength);
  }

  /** The same frame with at most so many captured bytes; what its record says else stays. */
  Packet cut(int length) {
    return new Packet(time, frame, Math.min(length, capturedLength), declaredLength);
  }

  long time() {
    return time;
  }

  byte[] captured() {
    return Arrays.copyOf(frame, capturedLength);
  }

  int capturedLength() {
    return capturedLength;
  }

  /** What the record says the frame's length was. */
  long declaredLength() {
    return declaredLength;
  }
}
