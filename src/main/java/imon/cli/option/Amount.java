package imon.cli.option;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as users write them. */
public final class Amount {
  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?) ?([a-z]*)", Pattern.CASE_INSENSITIVE);

  /** Powers of 1000 and, with an i, of 1024 (IEC 80000-13), in lower case. */
  private static final Map<String, Long> BYTES =
      Map.of(
          "b", 1L,
          "kb", 1_000L,
          "mb", 1_000_000L,
          "gb", 1_000_000_000L,
          "tb", 1_000_000_000_000L,
          "kib", 1L << 10,
          "mib", 1L << 20,
          "gib", 1L << 30,
          "tib", 1L << 40);

  private static final Map<String, Long> SECONDS =
      Map.of("s", 1L, "m", 60L, "min", 60L, "h", 3600L, "d", 86_400L, "w", 604_800L);

  private Amount() {}

  /**
   * Bytes, at least one. A number without a unit is refused: who has 100 in mind for gigabytes
   * would have files deleted.
   *
   * @param option what to name in a complaint
   */
  public static long bytes(String option, String text) {
    return bytes(option, text, 0);
  }

  /**
   * The same where a number may have no unit.
   *
   * @param bare how many bytes a number without a unit stands for
   */
  public static long bytes(String option, String text, long bare) {
    long bytes = bytes(text, bare).orElse(0);
    if (bytes <= 0) {
      throw new IllegalArgumentException(option + " " + text + ": give a size like 500MB or 2GiB");
    }
    return bytes;
  }

  /** Bytes, rounded down; nothing when the text is no size. */
  static OptionalLong bytes(String text, long bare) {
    return parse(text, BYTES, bare);
  }

  /** Whole seconds, at least one. A number without a unit is refused, as it is for bytes. */
  public static Duration duration(String option, String text) {
    return duration(option, text, 0);
  }

  /**
   * The same where a number may have no unit.
   *
   * @param bare how many seconds such a number stands for
   */
  public static Duration duration(String option, String text, long bare) {
    long seconds = parse(text, SECONDS, bare).orElse(0);
    if (seconds <= 0 || seconds > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(option + " " + text + ": give a time like 90s, 15m or 1h");
    }
    return Duration.ofSeconds(seconds);
  }

  private static OptionalLong parse(String text, Map<String, Long> units, long bare) {
    Matcher amount = NUMBER_AND_UNIT.matcher(text.strip());
    if (!amount.matches()) {
      return OptionalLong.empty();
    }
    String unit = amount.group(2).toLowerCase(Locale.ROOT);
    Long factor = unit.isEmpty() ? Long.valueOf(bare) : units.get(unit);
    if (factor == null) {
      return OptionalLong.empty();
    }
    BigDecimal whole =
        new BigDecimal(amount.group(1))
            .multiply(BigDecimal.valueOf(factor))
            .min(BigDecimal.valueOf(Long.MAX_VALUE))
            .setScale(0, RoundingMode.DOWN);
    return OptionalLong.of(whole.longValueExact());
  }
}
