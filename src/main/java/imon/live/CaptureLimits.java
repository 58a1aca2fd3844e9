package imon.live;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a capture ends by itself.
 *
 * @param duration how long it lasts; null for ever
 * @param packets after how many; 0 for any number
 * @param bytes after how many written to files; 0 for any number
 * @param files after how many files that were full or over; 0 for any number
 */
public record CaptureLimits(@Nullable Duration duration, long packets, long bytes, long files) {
  /** It goes on until it is stopped. */
  public static final CaptureLimits NONE = new CaptureLimits(null, 0, 0, 0);

  public CaptureLimits {
    if (packets < 0 || bytes < 0 || files < 0 || (duration != null && duration.isNegative())) {
      throw new IllegalArgumentException("a capture cannot have less than nothing");
    }
  }
}
