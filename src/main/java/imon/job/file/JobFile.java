package imon.job.file;

import imon.job.file.Job.Keeping;
import imon.job.file.Section.Shape;
import imon.pcap.write.IoReason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads a job file. Relative paths in it begin in the folder it stands in. */
public final class JobFile {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final LocalTime MORNING = LocalTime.of(6, 0);
  private static final Duration TIME_LIMIT = Duration.ofMinutes(5);
  private static final Shape NAME =
      new Shape("[A-Za-z0-9][A-Za-z0-9_-]{0,63}", "give letters, digits, - and _ only");

  private final Path file;
  private final TomlParseResult toml;
  private final Faults faults;
  private final Section top;

  private JobFile(Path file, TomlParseResult toml, Faults faults) {
    this.file = file;
    this.toml = toml;
    this.faults = faults;
    top =
        new Section(
            toml,
            "",
            null,
            Set.of(
                "name", "timezone", "at", "captures", "capture", "store", "report", "after_report"),
            faults);
  }

  /**
   * Reads it.
   *
   * @throws JobFileException with all that is wrong in it
   * @throws IOException it cannot be read
   */
  public static Job read(Path file) throws IOException, JobFileException {
    Path absolute = file.toAbsolutePath().normalize();
    TomlParseResult toml = parse(absolute);
    Faults faults = new Faults(file);
    toml.errors()
        .forEach(error -> faults.add(error.position(), String.valueOf(error.getMessage())));
    faults.throwIfAny();
    Job job = new JobFile(absolute, toml, faults).job();
    faults.throwIfAny();
    return job;
  }

  private static TomlParseResult parse(Path file) throws IOException {
    try {
      String text = Files.readString(file);
      // Editors of Windows begin a file with it; TOML does not know it.
      return Toml.parse(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is no text in UTF-8, and so no job file", e);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read: " + IoReason.of(e), e);
    }
  }

  private Job job() {
    Section capture = optional("capture", CaptureSection.KEYS);
    Job.OwnCapture own = capture == null ? null : new CaptureSection(capture).read();
    Job.Reports reports =
        new ReportSection(required("report", ReportSection.KEYS), this::path).read();
    if (reports.span() == Job.Span.RUN && (own == null || !own.ends())) {
      top.fault("report", "period = \"run\" needs a [capture] with a duration");
    }
    return new Job(
        name(), zone(), at(reports.span()), captures(), own, store(), reports, afterReport());
  }

  private Section required(String name, Set<String> keys) {
    Section section = optional(name, keys);
    if (section == null && !toml.contains(List.of(name))) {
      top.fault(name, "is missing; add a table [" + name + "]");
    }
    return section == null
        ? new Section(Toml.parse(""), name, null, keys, new Faults(file))
        : section;
  }

  private @Nullable Section optional(String name, Set<String> keys) {
    Object value = toml.get(List.of(name));
    if (value instanceof TomlTable table) {
      return new Section(table, name, toml.inputPositionOf(List.of(name)), keys, faults);
    }
    if (value != null) {
      top.fault(name, "is a table: write [" + name + "] on a line of its own");
    }
    return null;
  }

  private String name() {
    String name = top.text("name", NAME);
    if (name != null || top.has("name")) {
      return String.valueOf(name);
    }
    String base = file.getFileName().toString().replaceFirst("\\.toml$", "");
    if (!base.matches(NAME.regex())) {
      top.fault("name", "is missing, and the file's own name is none: " + NAME.advice());
    }
    return base;
  }

  private ZoneId zone() {
    String zone = top.text("timezone", Shape.ANY);
    try {
      return zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
    } catch (DateTimeException e) {
      top.fault("timezone", "'" + zone + "': no such zone; give one like UTC or Europe/Paris");
      return ZoneId.systemDefault();
    }
  }

  private @Nullable LocalTime at(Job.Span span) {
    String at =
        top.text("at", new Shape("([01][0-9]|2[0-3]):[0-5][0-9]", "give a time like 06:00"));
    if (at == null) {
      return span == Job.Span.RUN ? null : MORNING;
    }
    return LocalTime.parse(at);
  }

  private Job.Captures captures() {
    Section section = required("captures", Set.of("folder", "keep_for", "keep_count"));
    return new Job.Captures(path(section, "folder"), keeping(section));
  }

  private Job.Store store() {
    Section section = required("store", StoreSection.KEYS);
    return new StoreSection(section, this::path).read();
  }

  private Job.@Nullable AfterReport afterReport() {
    Section section = optional("after_report", Set.of("command", "time_limit"));
    if (section == null) {
      return null;
    }
    List<String> command = section.texts("command", Shape.ARGUMENT);
    if (!section.has("command")) {
      section.fault("command", "is missing");
    } else if (command.isEmpty() || command.get(0).isEmpty()) {
      section.fault("command", "names no program");
    }
    String limit = section.text("time_limit", Shape.TIME);
    return new Job.AfterReport(command, limit == null ? TIME_LIMIT : duration(limit));
  }

  private Path path(Section section, String key) {
    String text = section.required(key, Shape.ANY);
    try {
      return file.resolveSibling(text).normalize();
    } catch (InvalidPathException e) {
      section.fault(key, "'" + text + "': no file can have such a name");
      return file;
    }
  }

  static Keeping keeping(Section section) {
    String age = section.text("keep_for", Shape.DAYS);
    return new Keeping(age == null ? null : duration(age), section.count("keep_count"));
  }

  private static Duration duration(String text) {
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      case 'd' -> Duration.ofDays(number);
      default -> Duration.ofDays(7 * number);
    };
  }
}
