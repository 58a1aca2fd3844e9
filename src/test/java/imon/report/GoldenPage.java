package imon.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * A page as an expected file has it: what is a file of its own has only its name there, so that an
 * expected file changes with its template and with nothing else. A file counts only if it is there
 * whole, and its hash only if it is that of the file.
 */
final class GoldenPage {
  private static final List<Path> INLINED =
      List.of(
          Path.of("templates/report.css"),
          Path.of("templates/figures.js"),
          Path.of("templates/sums.js"),
          Path.of("templates/chart.js"),
          Path.of("templates/parts.js"),
          Path.of("templates/report.js"),
          Path.of("templates/tables.js"),
          Path.of("src/test/resources/imon/report/templates/echarts.common.min.js"));

  private GoldenPage() {}

  /** The same page with names in place of files and of their hashes. */
  static String of(String page) throws IOException {
    String named = page;
    for (Path file : INLINED) {
      String text = Files.readString(file);
      String name = "[" + file.getFileName() + "]";
      named =
          named
              .replace(">" + text + "</", ">" + name + "</")
              .replace("'" + hash(text) + "'", "'" + name + "'");
    }
    return named;
  }

  private static String hash(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
