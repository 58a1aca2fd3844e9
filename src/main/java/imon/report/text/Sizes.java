package imon.report.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Byte counts for people: exact below one unit step, else three significant digits, rounded half
 * up. The same in every locale: a point before the fraction, a space before the unit, and never as
 * many as one step of a unit (999,999 bytes are {@code 1.00 MB}, not 1000 kB).
 */
public enum Sizes {
  /** Steps of 1000: B, kB, MB, GB, TB, PB, EB. */
  SI(1000, "kMGTPE", "B"),
  /** Steps of 1024 (IEC 80000-13): B, KiB, MiB, GiB, TiB, PiB, EiB; integers from 1000 to 1023. */
  BINARY(1024, "KMGTPE", "iB");

  private static final int DIGITS = 3;

  private final BigDecimal step;
  private final String prefixes;
  private final String unit;

  Sizes(int step, String prefixes, String unit) {
    this.step = BigDecimal.valueOf(step);
    this.prefixes = prefixes;
    this.unit = unit;
  }

  /** The size as text of at most 8 characters, one more for a minus sign. */
  public String text(long bytes) {
    if (bytes < 0) {
      return "-" + text(BigDecimal.valueOf(bytes).negate());
    }
    return text(BigDecimal.valueOf(bytes));
  }

  /** The size with the exact count behind it where it says more: {@code 1.50 kB (1,499 bytes)}. */
  public String exact(long bytes) {
    String exact = Figures.count(bytes, "byte");
    return Math.abs(bytes) < step.longValue() ? exact : text(bytes) + " (" + exact + ")";
  }

  private String text(BigDecimal bytes) {
    if (bytes.compareTo(step) < 0) {
      return bytes.toPlainString() + " B";
    }
    BigDecimal divisor = step;
    int prefix = 0;
    while (rounded(bytes, divisor).compareTo(step) >= 0) {
      divisor = divisor.multiply(step);
      prefix++;
    }
    return rounded(bytes, divisor).toPlainString() + " " + prefixes.charAt(prefix) + unit;
  }

  /**
   * Three digits; where the integer part alone has that many or more, or rounding makes it so, no
   * fraction.
   */
  private static BigDecimal rounded(BigDecimal bytes, BigDecimal divisor) {
    int fraction = DIGITS - 1;
    BigDecimal value = bytes.divide(divisor, fraction, RoundingMode.HALF_UP);
    while (fraction > 0 && value.precision() > DIGITS) {
      fraction--;
      value = bytes.divide(divisor, fraction, RoundingMode.HALF_UP);
    }
    return value;
  }
}
