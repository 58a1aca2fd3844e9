package imon.job;

import imon.job.file.Job;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Tells which days or weeks are over and not reported yet, and when the next run is. */
final class Calendar {
  /** What is older than so many days or weeks is not caught up. */
  static final int MOST_PERIODS = 31;

  private final Job job;
  private final ZonedDateTime now;

  Calendar(Job job, Clock clock) {
    this.job = job;
    now = clock.instant().atZone(job.zone());
  }

  private boolean isWeekly() {
    return job.reports().span() == Job.Span.WEEK;
  }

  private int days() {
    return isWeekly() ? 7 : 1;
  }

  /** The first day of the latest period that is over. */
  LocalDate last() {
    LocalDate today = now.toLocalDate();
    LocalDate current =
        isWeekly() ? today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)) : today;
    return current.minusDays(days());
  }

  /** The first day of the earliest period that is still caught up. */
  LocalDate earliest() {
    return last().minusDays((long) days() * (MOST_PERIODS - 1));
  }

  /** The first days of periods that are over and not done, from the job's first one on. */
  List<LocalDate> due(JobState state) {
    SortedSet<LocalDate> done = state.done();
    LocalDate first = state.since().isBefore(earliest()) ? earliest() : state.since();
    List<LocalDate> due = new ArrayList<>();
    for (LocalDate day = last(); !day.isBefore(first); day = day.minusDays(days())) {
      if (!done.contains(day)) {
        due.add(0, day);
      }
    }
    return due;
  }

  ReportPeriod period(LocalDate first) {
    return ReportPeriod.ofDays(first, days());
  }

  /** When the job is to be started next; empty when not by the clock. */
  Optional<ZonedDateTime> next() {
    LocalTime at = job.at();
    if (at == null) {
      return Optional.empty();
    }
    LocalDate day = now.toLocalDate();
    if (isWeekly()) {
      day = day.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
    }
    ZonedDateTime next = day.atTime(at).atZone(job.zone());
    return Optional.of(
        next.isAfter(now) ? next : day.plusDays(days()).atTime(at).atZone(job.zone()));
  }
}
