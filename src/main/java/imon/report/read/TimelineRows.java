package imon.report.read;

import imon.store.ask.page.BlindSpot;
import imon.store.ask.page.Timeline;
import imon.store.ask.page.Timeline.Cell;
import imon.store.ask.page.Timeline.Kind;
import imon.store.ask.page.Timeline.Outside;
import imon.store.ask.page.Timeline.Rival;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a report says of its traffic over time, made of its fields. */
final class TimelineRows {
  private static final int SECONDS = 60;

  /** The minutes of five hundred years: steps and zones are worked out one by one. */
  private static final long MOST_MINUTES = 500L * 366 * 24 * 60;

  private final int steps;
  private final boolean hasOutside;
  private final int sites;
  private final int clients;
  private final int kinds;

  private TimelineRows(int steps, boolean hasOutside, int sites, int clients, int kinds) {
    this.steps = steps;
    this.hasOutside = hasOutside;
    this.sites = sites;
    this.clients = clients;
    this.kinds = kinds;
  }

  static Timeline timeline(Fields line) throws UnfitException {
    long start = minute(line, "start");
    int steps = (int) line.whole("steps", 0, Timeline.MOST_STEPS);
    int width = (int) line.whole("step_minutes", 1, MOST_MINUTES / Math.max(1, steps));
    Outside outside = outside(line);
    List<String> sites = line.texts("sites");
    List<String> clients = line.texts("clients");
    List<Kind> kinds = line.rows("kinds", TimelineRows::kind);
    TimelineRows rows =
        new TimelineRows(steps, outside != null, sites.size(), clients.size(), kinds.size());
    return new Timeline(
        start,
        width,
        steps,
        outside,
        sites,
        clients,
        kinds,
        line.rows("cells", rows::cell),
        line.rows("rivals", rows::rival));
  }

  private static long minute(Fields row, String name) throws UnfitException {
    Instant time = row.time(name);
    long minute = time.getEpochSecond() / SECONDS;
    if (minute < 0
        || minute > MOST_MINUTES
        || !time.equals(Instant.ofEpochSecond(minute * SECONDS))) {
      throw row.unfit(name, "is no minute that a capture can have");
    }
    return minute;
  }

  /** Earlier builds had steps for all; how much it is, cells say. */
  private static @Nullable Outside outside(Fields line) throws UnfitException {
    if (!line.has("outside") || line.isNull("outside")) {
      return null;
    }
    Fields outside = line.object("outside");
    return new Outside(minute(outside, "from"), minute(outside, "to"));
  }

  private static Kind kind(Fields row) throws UnfitException {
    return new Kind(
        row.text("name"), row.textOrNull("evidence"), row.flag("proof"), row.flag("listed"));
  }

  private Cell cell(Fields row) throws UnfitException {
    return new Cell(
        step(row),
        place(row, "client", clients),
        place(row, "site", sites),
        (int) row.whole("kind", 0, kinds - 1L),
        row.count("report_connections"),
        row.directions());
  }

  private Rival rival(Fields row) throws UnfitException {
    return new Rival(
        step(row),
        place(row, "client", clients),
        (int) row.whole("site", 0, sites),
        row.count("bytes"));
  }

  private int step(Fields row) throws UnfitException {
    return hasOutside && row.isNull("step")
        ? Timeline.NONE
        : (int) row.whole("step", 0, steps - 1L);
  }

  private static int place(Fields row, String name, int others) throws UnfitException {
    return row.isNull(name) ? Timeline.NONE : (int) row.whole(name, 0, others);
  }

  static BlindSpot blindSpot(Fields row) throws UnfitException {
    return new BlindSpot(
        Rows.word(row, "kind", BlindSpot.Kind.values(), BlindSpot.Kind::label),
        row.count("connections"),
        row.count("bytes"),
        row.count("unresolved_connections"),
        row.count("unresolved_bytes"));
  }
}
