package imon.job;

import imon.job.file.Job;
import imon.job.file.Job.Keeping;
import imon.live.device.LibpcapFilter;
import imon.name.SiteGroups;
import imon.report.text.Figures;
import imon.report.text.ShellWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in plain lines what a job will do. Looks, and changes nothing. */
public final class Explanation {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm VV", Locale.ROOT);

  private final Job job;
  private final Clock clock;
  private final List<String> lines = new ArrayList<>();
  private boolean sound;

  public Explanation(Job job, Clock clock) {
    this.job = job;
    this.clock = clock;
  }

  /**
   * The lines.
   *
   * @throws IOException the store or the state beside it cannot be read
   */
  public List<String> lines() throws IOException {
    lines.clear();
    sound = true;
    lines.add("job " + job.name());
    captures();
    store();
    reports();
    afterReport();
    runs();
    return List.copyOf(lines);
  }

  /**
   * Whether the lines have no problem, but for captures that are not there yet, or on a disk which
   * is away: the next run makes up for it.
   */
  public boolean isSound() {
    return sound;
  }

  private void captures() throws IOException {
    Job.OwnCapture capture = job.capture();
    if (capture != null) {
      add(
          capture.ends() ? "first captures" : "beside it captures",
          "imon " + ShellWords.line(new Commands(job).capture()));
      filter(capture.filter());
    }
    Path folder = job.captures().folder();
    add("reads captures in", folder + " (and below)");
    add("and keeps them", kept(job.captures().keeping()));
    if (Files.isDirectory(folder)) {
      FoundCaptures found = FoundCaptures.of(job);
      add(
          "there are now",
          "%d, %d of them new"
              .formatted(found.fresh().size() + found.known(), found.fresh().size()));
      boolean awaited = found.ending() == Ending.FAILED && Files.isReadable(folder);
      found.problems().forEach(line -> add("problem", line));
      sound &= awaited || found.problems().isEmpty();
    } else {
      add("problem", "the folder is not there");
    }
  }

  private void filter(@Nullable String filter) {
    if (filter == null) {
      return;
    }
    try {
      LibpcapFilter.of(filter);
    } catch (IllegalArgumentException e) {
      problem(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      add("not checked", "the filter: " + e.getMessage());
    }
  }

  private void store() {
    Job.Store store = job.store();
    add(
        "takes them into",
        store.file() + (store.source().isEmpty() ? "" : ", source " + store.source()));
    if (!store.facts().text().isEmpty()) {
      add("taken in with", store.facts().text());
    }
    String keepFor = store.keepFor();
    add(
        "and keeps them",
        keepFor == null ? "all, for ever" : "for " + keepFor + ", then by the hour");
  }

  private void reports() {
    Job.Reports reports = job.reports();
    String span =
        switch (reports.span()) {
          case DAY -> "each day, " + job.zone();
          case WEEK -> "each week from Monday on, " + job.zone();
          case RUN -> "the time of its capture";
        };
    add("reports", span);
    String formats =
        reports.formats().stream().map(Job.Format::fileName).collect(Collectors.joining(", "));
    add("into", reports.folder() + ": " + formats);
    if (!reports.options().isEmpty()) {
      add("with", ShellWords.line(reports.options()));
    }
    groups();
    if (reports.latest()) {
      add("the newest is", reports.folder().resolveSibling("latest").toString());
    }
    add("and keeps them", kept(reports.keeping()));
  }

  private void groups() {
    Path groups = job.reports().groups();
    if (groups == null) {
      return;
    }
    try {
      SiteGroups.read(groups);
    } catch (IOException e) {
      problem(String.valueOf(e.getMessage()));
    }
  }

  private static String kept(Keeping keeping) {
    List<String> limits = new ArrayList<>();
    if (keeping.age() != null) {
      long hours = keeping.age().toHours();
      limits.add(
          "for "
              + (hours % 24 == 0
                  ? Figures.count(hours / 24, "day")
                  : Figures.count(hours, "hour")));
    }
    if (keeping.count() > 0) {
      limits.add(keeping.count() + " of them");
    }
    return limits.isEmpty() ? "all, for ever" : "at most " + String.join(", at most ", limits);
  }

  private void afterReport() {
    Job.AfterReport after = job.afterReport();
    if (after != null) {
      String limit = ", at most " + after.timeLimit().toSeconds() + " s";
      add("then runs", ShellWords.line(after.command()) + limit);
      String program = after.command().get(0);
      if (!ProgramPath.has(program, job.reports().folder())) {
        problem(program + ": there is no such program, or it must not be run");
      }
    }
  }

  private void runs() throws IOException {
    Calendar calendar = new Calendar(job, clock);
    if (job.reports().span() != Job.Span.RUN) {
      JobState state = JobState.read(job, calendar.last());
      add("reported last", state.done().isEmpty() ? "nothing yet" : state.done().last().toString());
      List<LocalDate> due = calendar.due(state);
      String days = due.stream().map(LocalDate::toString).collect(Collectors.joining(", "));
      add("to be reported", due.isEmpty() ? "nothing" : days);
    }
    add("next run", calendar.next().map(MINUTE::format).orElse("when you start it: imon job run"));
  }

  private void problem(String text) {
    sound = false;
    add("problem", text);
  }

  private void add(String what, String text) {
    lines.add("  %-18s %s".formatted(what, text));
  }
}
