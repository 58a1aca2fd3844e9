package imon.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the real captures are: IMON_CAPTURES, or the folder beside the project. */
public final class RealCaptures {
  private RealCaptures() {}

  /** The folder, if it is there. */
  public static Optional<Path> folder() {
    String named = System.getenv("IMON_CAPTURES");
    Path folder = Path.of(named == null ? "../shared/captures" : named);
    return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
  }
}
