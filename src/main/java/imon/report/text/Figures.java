package imon.report.text;

import imon.store.ask.Agreement.Tally;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Counts and shares for people, the same in every locale. */
public final class Figures {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Figures() {}

  /** Grouped by commas: {@code 84,211}. */
  public static String count(long number) {
    StringBuilder digits = new StringBuilder().append(number);
    int first = number < 0 ? 1 : 0;
    for (int comma = digits.length() - 3; comma > first; comma -= 3) {
      digits.insert(comma, ',');
    }
    return digits.toString();
  }

  /**
   * A count with its noun, in the plural unless it is one: {@code 1 capture}, {@code 2 captures}.
   */
  public static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /**
   * A share with one decimal: {@code 93.1 %}. Something is never shown as nothing ({@code < 0.1 %})
   * and a part never as the whole ({@code > 99.9 %}). A share of nothing is {@code 0.0 %}.
   */
  public static String percent(long part, long whole) {
    BigDecimal percent = scaled(part, whole, HUNDRED, 1);
    if (percent.signum() == 0 && part != 0) {
      return "< 0.1 %";
    }
    if (percent.compareTo(HUNDRED) == 0 && part != whole) {
      return "> 99.9 %";
    }
    return percent.toPlainString() + " %";
  }

  /** A change as a share of what was before, which is not 0, with one decimal: {@code -12.5 %}. */
  public static String change(long change, long before) {
    return scaled(change, before, HUNDRED, 1).toPlainString() + " %";
  }

  /**
   * How often a kind of inference agreed with proof, of at least one flow: {@code 97.3 % of 12}.
   */
  public static String share(Tally tally) {
    return percent(tally.sameSiteFlows(), tally.flows()) + " of " + count(tally.flows());
  }

  /** The same with all that it means: {@code 97.3 % of 1,204 flows (bytes: 99.1 %)}. */
  public static String agreement(Tally tally) {
    return "%s %s (bytes: %s)"
        .formatted(
            share(tally),
            tally.flows() == 1 ? "flow" : "flows",
            percent(tally.sameSiteBytes(), tally.bytes()));
  }

  /** A share from 0 to 1 with six decimals, for machines. A share of nothing is 0. */
  public static String fraction(long part, long whole) {
    return scaled(part, whole, BigDecimal.ONE, 6).toPlainString();
  }

  /**
   * The share of {@code part} in {@code whole} on a scale from 0 to {@code full}, rounded half up
   * to this many decimals.
   */
  public static BigDecimal scaled(long part, long whole, BigDecimal full, int decimals) {
    if (whole == 0) {
      return BigDecimal.ZERO.setScale(decimals);
    }
    return BigDecimal.valueOf(part)
        .multiply(full)
        .divide(BigDecimal.valueOf(whole), decimals, RoundingMode.HALF_UP);
  }
}
