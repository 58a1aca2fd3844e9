package imon.job.file;

import imon.job.file.Section.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The table of reports. */
final class ReportSection {
  static final Set<String> KEYS =
      Set.of(
          "folder",
          "period",
          "formats",
          "latest",
          "top",
          "by",
          "groups",
          "budgets",
          "keep_for",
          "keep_count");

  private static final Set<String> FORMATS =
      Set.of("html", "csv", "json", "markdown", "bundle", "metrics");

  /** Reads a path of a section. */
  interface Paths {
    Path path(Section section, String key);
  }

  private final Section section;
  private final Paths paths;

  ReportSection(Section section, Paths paths) {
    this.section = section;
    this.paths = paths;
  }

  Job.Reports read() {
    return new Job.Reports(
        folder(),
        span(),
        formats(),
        section.flag("latest", true),
        options(),
        JobFile.keeping(section));
  }

  private Path folder() {
    Path folder = paths.path(section, "folder");
    Path last = folder.getFileName();
    boolean dated = last != null && last.toString().split("\\{date\\}", -1).length == 2;
    if (section.has("folder")
        && (!dated || folder.toString().indexOf('{') < folder.toString().lastIndexOf('{'))) {
      section.fault("folder", "its last name must have {date} in it, once: \"reports/{date}\"");
    }
    return folder;
  }

  private Job.Span span() {
    String span = section.word("period", Set.of("day", "week", "run"));
    return span == null ? Job.Span.DAY : Job.Span.valueOf(span.toUpperCase(Locale.ROOT));
  }

  private List<Job.Format> formats() {
    Set<Job.Format> formats = new LinkedHashSet<>();
    for (String word : section.texts("formats", Shape.ANY)) {
      if (FORMATS.contains(word)) {
        formats.add(Job.Format.valueOf(word.toUpperCase(Locale.ROOT)));
      } else {
        section.fault("formats", "'" + word + "': give some of " + Section.sorted(FORMATS));
      }
    }
    return formats.isEmpty() ? List.of(Job.Format.HTML) : List.copyOf(formats);
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    int top = section.count("top");
    if (top > 0) {
      options.add("--top=" + top);
    }
    String by = section.word("by", Set.of("site", "host", "client", "source"));
    if (by != null) {
      options.add("--by=" + by);
    }
    if (section.has("groups")) {
      options.add("--groups=" + paths.path(section, "groups"));
    }
    section.texts("budgets", Shape.BUDGET).forEach(word -> options.add("--budget=" + word));
    return List.copyOf(options);
  }
}
