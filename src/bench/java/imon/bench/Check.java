package imon.bench;

/** Keeps a benchmark from measuring work that was not done. */
public final class Check {
  private Check() {}

  /** Ends the benchmark unless both are the same. */
  public static void same(String what, long expected, long actual) {
    if (expected != actual) {
      throw new IllegalStateException(what + ": " + actual + " instead of " + expected);
    }
  }
}
