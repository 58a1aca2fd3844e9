package imon.cli.option;

import imon.cli.output.FileUse;
import imon.cli.output.ProgramVersion;
import imon.cli.output.Terminal;
import imon.pcap.Block;
import imon.pcap.CaptureFiles;
import imon.pcap.CaptureReader;
import imon.pcap.CaptureSummary;
import imon.report.Details.Origin;
import imon.report.Report.CaptureRow;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Tells how a report came about. */
final class ReportOrigin {
  /** These change nothing in what a report says. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "--workers",
          "--html",
          "--csv",
          "--json",
          "--markdown",
          "--output",
          "--bundle",
          "--metrics",
          "--binary",
          "--templates");

  private ReportOrigin() {}

  /**
   * @param words of the command line
   * @param files knows where captures are
   * @param captures of which the SHA-256 is wanted, as far as their files are there as they were
   */
  static Origin of(ParseResult words, List<CaptureRow> captures, FileUse files, Terminal terminal)
      throws IOException {
    Map<String, String> sums = new HashMap<>();
    for (CaptureRow capture : captures) {
      String sum = sha256(capture, files.find(capture.path()));
      if (sum == null) {
        terminal.say(capture.path() + ": no SHA-256, the file is not there as it was read");
      } else {
        sums.put(capture.id(), sum);
      }
    }
    return new Origin(ProgramVersion.text(), command(words), sums);
  }

  /**
   * What was asked for. Captures are in the order of their names: in which order they are read
   * changes nothing.
   */
  private static List<String> command(ParseResult words) {
    List<String> kept = new ArrayList<>(List.of(words.commandSpec().name()));
    for (OptionSpec option : new LinkedHashSet<>(words.matchedOptions())) {
      if (Collections.disjoint(WITHOUT_EFFECT, List.of(option.names()))) {
        add(kept, option);
      }
    }
    words.matchedPositionals().stream()
        .flatMap(operand -> operand.originalStringValues().stream())
        .distinct()
        .sorted()
        .forEach(kept::add);
    return kept;
  }

  private static void add(List<String> words, OptionSpec option) {
    if (option.arity().max() == 0) {
      words.add(option.longestName());
      return;
    }
    for (String value : option.originalStringValues()) {
      words.add(option.longestName());
      words.add(value);
    }
  }

  private static @Nullable String sha256(CaptureRow capture, String path) {
    try {
      Path file = CaptureFiles.named(path);
      if (!Files.isRegularFile(file) || !isAsItWasRead(file, capture)) {
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

  /**
   * The size of the file does not tell: a report knows how many unpacked bytes its whole records
   * have.
   */
  private static boolean isAsItWasRead(Path file, CaptureRow capture) throws IOException {
    try (CaptureReader reader = CaptureReader.open(file)) {
      Block block = new Block();
      while (reader.read(block)) {
        // All bytes go by.
      }
      CaptureSummary now = reader.summary();
      // A store's fingerprint of a capture without packets is also one of its network.
      return now.packets() == 0
          ? capture.packets() == 0 && now.fileBytes() == capture.fileBytes()
          : now.fingerprint().equals(capture.fingerprint());
    }
  }
}
