package imon.job;

/** How a command of imon, or a job, came to its end; the worse, the later. */
public enum Ending {
  DONE,
  /** Done, but a site or host used more than its budget. */
  OVER_BUDGET,
  /** A part of it could not be done; the rest is. */
  INCOMPLETE,
  FAILED;

  /** The worse one of two. */
  public Ending and(Ending other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** In the environment of a command: {@code over-budget}. */
  String word() {
    return switch (this) {
      case DONE -> "done";
      case OVER_BUDGET -> "over-budget";
      case INCOMPLETE -> "incomplete";
      case FAILED -> "failed";
    };
  }
}
