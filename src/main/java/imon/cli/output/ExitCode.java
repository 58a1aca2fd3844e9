package imon.cli.output;

/** What the process says when it ends. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** Done, but something that was named could not be read. */
  public static final int INCOMPLETE = 3;

  /** Done, but a site or host used more than its budget. */
  public static final int OVER_BUDGET = 4;

  private ExitCode() {}
}
