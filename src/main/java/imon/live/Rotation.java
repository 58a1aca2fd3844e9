package imon.live;

import org.jspecify.annotations.Nullable;

/**
 * When a file is turned over to the next.
 *
 * @param bytes most that a file has, unless its first packet alone has more; 0 for any size
 * @param borders when by the clock; null for never
 */
public record Rotation(long bytes, @Nullable ClockBorders borders) {
  /** One file. */
  public static final Rotation NONE = new Rotation(0, null);

  public Rotation {
    if (bytes < 0) {
      throw new IllegalArgumentException("a file cannot have less than nothing");
    }
  }

  /** Whether files are turned over at all. */
  public boolean rotates() {
    return bytes > 0 || borders != null;
  }
}
