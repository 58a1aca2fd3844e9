package imon.job.file;

import imon.flow.option.FactOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job does. All paths are absolute.
 *
 * @param name fit for file names and names of units
 * @param zone whose days are reported
 * @param at when it is to be started; null when nobody starts it by the clock
 * @param capture what it captures by itself; null when another program writes the captures
 * @param afterReport null when nothing is to be run
 */
public record Job(
    String name,
    ZoneId zone,
    @Nullable LocalTime at,
    Captures captures,
    @Nullable OwnCapture capture,
    Store store,
    Reports reports,
    @Nullable AfterReport afterReport) {

  /** Where captures are, and which of them stay once the store has them. */
  public record Captures(Path folder, Keeping keeping) {}

  /**
   * A capture by imon itself, into the folder of captures.
   *
   * @param options of {@code imon capture}, without the folder and the zone
   * @param ends whether it ends by itself: then it is a part of each run, else it goes on for ever
   *     beside the runs
   */
  public record OwnCapture(String device, List<String> options, boolean ends) {
    /** Its filter in libpcap's language; null when all packets are captured. */
    public @Nullable String filter() {
      return value(options, "--filter=");
    }
  }

  /**
   * The store.
   *
   * @param source network of the captures
   * @param keepFor what is older is rolled up to hours ({@code 400d}); null for never
   * @param facts options that change facts, with which captures are taken in
   */
  public record Store(Path file, String source, @Nullable String keepFor, FactOptions facts) {}

  /** What one report is about. */
  public enum Span {
    DAY,
    /** Monday to Sunday. */
    WEEK,
    /** From the begin of the run's own capture to its end. */
    RUN
  }

  /** How a report is written; the name in lower case is its option. */
  public enum Format {
    HTML("html"),
    CSV("csv"),
    JSON("json"),
    MARKDOWN("md"),
    /** All of these in one ZIP file. */
    BUNDLE("zip"),
    /** For the textfile collector of Prometheus. */
    METRICS("prom");

    private final String suffix;

    Format(String suffix) {
      this.suffix = suffix;
    }

    /** The name of the file in a report's folder. */
    public String fileName() {
      return "report." + suffix;
    }
  }

  /**
   * Reports, each in a folder of its own.
   *
   * @param folder its last name has {@link #DATE} in it
   * @param formats at least one
   * @param latest whether a link {@code latest} beside the folders shows the newest one
   * @param options of {@code imon report}, such as budgets
   */
  public record Reports(
      Path folder,
      Span span,
      List<Format> formats,
      boolean latest,
      List<String> options,
      Keeping keeping) {
    /** Stands for the day of a report, the first one of a week. */
    public static final String DATE = "{date}";

    /** The file of groups; null when there is none. */
    public @Nullable Path groups() {
      String file = value(options, "--groups=");
      return file == null ? null : Path.of(file);
    }
  }

  /**
   * What stays of old files: what both allow.
   *
   * @param age null for any
   * @param count 0 for any
   */
  public record Keeping(@Nullable Duration age, int count) {
    /** Whether nothing is ever to go. */
    public boolean keepsAll() {
      return age == null && count == 0;
    }
  }

  /** A program with its arguments, without a shell, and how long it may take. */
  public record AfterReport(List<String> command, Duration timeLimit) {}

  /** What an option among these has, told by how it begins; null when it is not there. */
  private static @Nullable String value(List<String> options, String option) {
    return options.stream()
        .filter(given -> given.startsWith(option))
        .map(given -> given.substring(option.length()))
        .findFirst()
        .orElse(null);
  }
}
