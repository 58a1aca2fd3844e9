package imon.job;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Where the system looks for a program that is to be run. */
final class ProgramPath {
  private ProgramPath() {}

  /**
   * Whether there is one: by its path, or without one in a folder of the environment's PATH.
   *
   * @param folder where it is to run, in which a relative path begins
   */
  static boolean has(String program, Path folder) {
    if (program.contains("/")) {
      return isProgram(folder.resolve(program).normalize());
    }
    String folders = String.valueOf(System.getenv("PATH"));
    return Arrays.stream(folders.split(File.pathSeparator, -1))
        .anyMatch(each -> isProgram(Path.of(each, program)));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
