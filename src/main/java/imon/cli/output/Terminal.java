package imon.cli.output;

import imon.report.text.VisibleText;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a command reads and writes, and what it may do there.
 *
 * @param in standard input
 * @param out standard output, as bytes
 * @param err for progress and messages
 * @param columns width of a table on standard output
 * @param unicode whether standard output shows more than ASCII
 * @param colour whether standard output shows colours
 * @param progress whether standard error is a terminal, for a bar that moves
 * @param environment environment variables
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintWriter err,
    int columns,
    boolean unicode,
    boolean colour,
    boolean progress,
    Map<String, String> environment) {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int DEFAULT_ROWS = 24;
  private static final int LEAST_COLUMNS = 60;
  private static final int MOST_COLUMNS = 200;

  /**
   * The terminal of this process. Java cannot tell which of its streams is one, so the launcher
   * says: property {@code imon.columns} is the width of standard output if that is a terminal,
   * {@code imon.progress} is there if standard error is one.
   */
  public static Terminal ofProcess() {
    String columns = System.getProperty("imon.columns");
    Map<String, String> environment = System.getenv();
    return new Terminal(
        System.in,
        System.out,
        new PrintWriter(System.err, true, charset(environment)),
        columns == null ? DEFAULT_COLUMNS : width(columns),
        charset(environment).newEncoder().canEncode('\u2588'),
        columns != null && variable(environment, "NO_COLOR") == null,
        System.getProperty("imon.progress") != null,
        environment);
  }

  private static int width(String columns) {
    try {
      int width = Integer.parseInt(columns.trim());
      return Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, width));
    } catch (NumberFormatException e) {
      return DEFAULT_COLUMNS;
    }
  }

  /** Tells the user something in a line of its own; no character of it acts on a terminal. */
  public void say(String message) {
    err.println("imon: " + VisibleText.of(message));
  }

  /**
   * Lines of the window on standard output, by property {@code imon.rows} as the launcher says; 24
   * where that is not known.
   */
  public int rows() {
    String rows = System.getProperty("imon.rows", "");
    return rows.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(rows) : DEFAULT_ROWS;
  }

  /** Whether standard output is a pipe, by property {@code imon.piped} as the launcher says. */
  public boolean isPiped() {
    return System.getProperty("imon.piped") != null;
  }

  /** An environment variable; null also when it is set to nothing. */
  public @Nullable String variable(String name) {
    return variable(environment, name);
  }

  private static @Nullable String variable(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /**
   * The character set of the user's locale: property {@code imon.locale} where the launcher gave
   * Java another one, else as POSIX has it (LC_ALL, then LC_CTYPE, then LANG).
   */
  private static Charset charset(Map<String, String> environment) {
    String locale = System.getProperty("imon.locale", "");
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = variable(environment, name);
      if (locale.isEmpty() && value != null) {
        locale = value;
      }
    }
    String upper = locale.toUpperCase(Locale.ROOT);
    boolean utf8 = upper.endsWith("UTF-8") || upper.endsWith("UTF8");
    return utf8 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
  }
}
