package imon.cli.option;

import imon.cli.output.ProgramVersion;
import imon.cli.output.Terminal;
import imon.report.Details.Origin;
import imon.report.Report.CaptureRow;
import imon.report.text.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells how a report came about. */
final class ReportOrigin {
  /** How many threads there are changes nothing in a report. */
  private static final Set<String> WITHOUT_EFFECT = Set.of("--workers");

  private ReportOrigin() {}

  /**
   * @param words of the command line
   * @param captures of which the SHA-256 is wanted, as far as their files are there as they were
   */
  static Origin of(List<String> words, List<CaptureRow> captures, Terminal terminal)
      throws IOException {
    Map<String, String> sums = new HashMap<>();
    for (CaptureRow capture : captures) {
      String sum = sha256(capture);
      if (sum == null) {
        terminal
            .err()
            .println(
                "imon: %s: no SHA-256, the file is not there as it was read"
                    .formatted(VisibleText.of(capture.path())));
      } else {
        sums.put(capture.id(), sum);
      }
    }
    return new Origin(ProgramVersion.text(), withEffect(words), sums);
  }

  private static List<String> withEffect(List<String> words) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (WITHOUT_EFFECT.contains(word)) {
        i++;
      } else if (!WITHOUT_EFFECT.contains(word.replaceFirst("=.*", ""))) {
        kept.add(word);
      }
    }
    return kept;
  }

  private static @Nullable String sha256(CaptureRow capture) {
    try {
      Path file = Path.of(capture.path());
      if (!Files.isRegularFile(file) || Files.size(file) != capture.fileBytes()) {
        return null;
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException | InvalidPathException e) {
      return null;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
