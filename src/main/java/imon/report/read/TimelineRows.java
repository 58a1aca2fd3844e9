package imon.report.read;

import imon.store.ask.page.BlindSpot;
import imon.store.ask.page.Timeline;
import imon.store.ask.page.Timeline.Cell;
import imon.store.ask.page.Timeline.Kind;
import imon.store.ask.page.Timeline.Rival;
import java.time.Instant;
import java.util.List;

/** What a report says of its traffic over time, made of its fields. */
final class TimelineRows {
  private static final int SECONDS = 60;

  /** The minutes of five hundred years: steps and zones are worked out one by one. */
  private static final long MOST_MINUTES = 500L * 366 * 24 * 60;

  private final int steps;
  private final int sites;
  private final int clients;
  private final int kinds;

  private TimelineRows(int steps, int sites, int clients, int kinds) {
    this.steps = steps;
    this.sites = sites;
    this.clients = clients;
    this.kinds = kinds;
  }

  static Timeline timeline(Fields line) throws UnfitException {
    Instant begin = line.time("start");
    long start = begin.getEpochSecond() / SECONDS;
    if (start < 0
        || start > MOST_MINUTES
        || !begin.equals(Instant.ofEpochSecond(start * SECONDS))) {
      throw line.unfit("start", "is no minute that a capture can have");
    }
    int steps = (int) line.whole("steps", 0, Timeline.MOST_STEPS);
    int width = (int) line.whole("step_minutes", 1, MOST_MINUTES / Math.max(1, steps));
    List<String> sites = line.texts("sites");
    List<String> clients = line.texts("clients");
    List<Kind> kinds = line.rows("kinds", TimelineRows::kind);
    TimelineRows rows = new TimelineRows(steps, sites.size(), clients.size(), kinds.size());
    return new Timeline(
        start,
        width,
        steps,
        sites,
        clients,
        kinds,
        line.rows("cells", rows::cell),
        line.rows("rivals", rows::rival));
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
    return (int) row.whole("step", 0, steps - 1L);
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
