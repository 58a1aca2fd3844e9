package imon.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of other packages that a test needs. */
public final class Programs {
  /** They are not in everybody's search path. */
  private static final List<String> ADMINISTRATORS = List.of("/usr/sbin", "/sbin");

  private Programs() {}

  /**
   * Where a program is; the calling test is skipped where it is not.
   *
   * @param debianPackage what to install
   */
  public static Path required(String name, String debianPackage) {
    Optional<Path> found = find(name);
    Environment.requireOrSkip(found.isPresent(), name + " (Debian package " + debianPackage + ")");
    return found.orElseThrow();
  }

  /** Where a program is. */
  public static Optional<Path> find(String name) {
    String searched = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Arrays.stream(searched.split(File.pathSeparator, -1)), ADMINISTRATORS.stream())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
