package imon.testing;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of its machine. Where it is lacking the test is skipped, except when the
 * environment variable {@value #REQUIRE_ALL} is set and neither empty nor {@code 0}: then the test
 * fails, so that a complete machine cannot skip by mistake.
 */
public final class Environment {
  static final String REQUIRE_ALL = "IMON_REQUIRE_ALL";

  private Environment() {}

  /**
   * Goes on when {@code available}, else skips or fails the calling test.
   *
   * @param what the thing needed and where it comes from, for the message: "tshark (Debian package
   *     tshark)"
   */
  public static void requireOrSkip(boolean available, String what) {
    requireOrSkip(
        available, what, everythingIsRequired(System.getenv().getOrDefault(REQUIRE_ALL, "")));
  }

  static void requireOrSkip(boolean available, String what, boolean required) {
    if (available) {
      return;
    }
    if (required) {
      Assertions.fail("This machine lacks " + what + ", and " + REQUIRE_ALL + " forbids to skip");
    }
    Assumptions.abort("This machine lacks " + what);
  }

  static boolean everythingIsRequired(String value) {
    return !value.isEmpty() && !value.equals("0");
  }
}
