package imon.job.file;

import java.util.List;

/** A job file that is wrong: one line for each fault, with file and line. */
public final class JobFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  JobFileException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** At least one, in the order of lines. */
  public List<String> faults() {
    return faults;
  }
}
