package imon.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Assumptions;

/**
 * Captures of real traffic that are not part of the project: {@code ../shared/captures} beside the
 * project folder, or the folder that the environment variable IMON_CAPTURES names.
 */
public final class RealCaptures {
  private static final String TOTALS = "expected-totals.csv";
  private static final CSVFormat WITH_HEADER =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private RealCaptures() {}

  /**
   * What another program counted in one capture.
   *
   * @param capture the file's name in {@link #folder()}
   * @param wireBytes sum of the records' original lengths, as they stand in the file
   */
  public record Totals(String capture, long packets, long wireBytes) {
    /** The capture itself, in {@link #folder()}. */
    public Path path() {
      return folder().resolve(capture);
    }
  }

  /**
   * The folder of captures, absolute. Where there is none the calling test is skipped: a clone of
   * the project alone has none. Only a folder that IMON_CAPTURES names falls under {@link
   * Environment}.
   */
  public static Path folder() {
    String name = System.getenv().getOrDefault("IMON_CAPTURES", "");
    Path folder = named(name);
    boolean available = Files.isRegularFile(folder.resolve(TOTALS));
    String what = "the real captures: no " + TOTALS + " in " + folder;
    if (name.isEmpty()) {
      Assumptions.assumeTrue(available, what);
    } else {
      Environment.requireOrSkip(available, what);
    }
    return folder;
  }

  /** The totals of every capture, in the order of their file. Skips like {@link #folder()}. */
  public static List<Totals> totals() throws IOException {
    return readTotals(folder().resolve(TOTALS));
  }

  static Path named(String folder) {
    Path chosen = folder.isEmpty() ? Path.of("..", "shared", "captures") : Path.of(folder);
    return chosen.toAbsolutePath().normalize();
  }

  static List<Totals> readTotals(Path file) throws IOException {
    List<Totals> totals = new ArrayList<>();
    try (CSVParser rows = CSVParser.parse(Files.newBufferedReader(file), WITH_HEADER)) {
      for (CSVRecord row : rows) {
        totals.add(
            new Totals(
                row.get("capture"),
                Long.parseLong(row.get("packets")),
                Long.parseLong(row.get("wire_bytes"))));
      }
    }
    return totals;
  }
}
