package imon.report.text;

import java.util.List;
import java.util.stream.Collectors;

/** Words of a command line as a POSIX shell reads them. */
public final class ShellWords {
  private ShellWords() {}

  /** A word as it is written in a shell: in quotes where anything in it could mean something. */
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9._/+:@%,=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** All words of a command in one line. */
  public static String line(List<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }
}
