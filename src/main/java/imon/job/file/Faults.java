package imon.job.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;

/** Gathers what is wrong in a job file. */
final class Faults {
  private record Fault(int line, String text) {}

  private final Path file;
  private final List<Fault> faults = new ArrayList<>();

  Faults(Path file) {
    this.file = file;
  }

  /** Something is wrong there; without a place it is the file as a whole. */
  void add(@Nullable TomlPosition place, String what) {
    faults.add(new Fault(place == null ? 0 : place.line(), what));
  }

  void throwIfAny() throws JobFileException {
    if (!faults.isEmpty()) {
      faults.sort(Comparator.comparingInt(Fault::line));
      throw new JobFileException(faults.stream().map(this::said).toList());
    }
  }

  private String said(Fault fault) {
    return file + (fault.line == 0 ? "" : ":" + fault.line) + ": " + fault.text;
  }
}
