package imon.cli;

/** What the process says when it ends. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** Done, but something that was named could not be read. */
  static final int INCOMPLETE = 3;

  /** Done, but a site or host used more than its budget. */
  static final int OVER_BUDGET = 4;

  private ExitCode() {}
}
