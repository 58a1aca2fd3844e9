package imon.report;

import static java.util.stream.Collectors.toMap;

import imon.report.Report.ServerRow;
import imon.store.StoreException;
import imon.store.ask.Questions;
import imon.store.ask.page.BlindSpot;
import imon.store.ask.page.Timeline;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows beside its tables, and what CSV and JSON have of it.
 *
 * @param timeline the traffic over time, or null when it was not asked for
 * @param servers the largest servers of the listed sites, by site; a site may have none
 * @param blindSpots traffic that says less of its site than other traffic does
 * @param origin how the report came about
 */
public record Details(
    @Nullable Timeline timeline,
    Map<String, List<ServerRow>> servers,
    List<BlindSpot> blindSpots,
    Origin origin) {
  public static final Details NONE = new Details(null, Map.of(), List.of(), Origin.UNKNOWN);

  /**
   * How a report came about.
   *
   * @param version of the program; empty when it is not told
   * @param command the words of the command, without those that change nothing in the report
   * @param sha256 of the files that captures were read from, in hexadecimal, by capture id; only of
   *     those for which it was asked and that are still there
   */
  public record Origin(String version, List<String> command, Map<String, String> sha256) {
    public static final Origin UNKNOWN = new Origin("", List.of(), Map.of());
  }

  /**
   * Asks for them.
   *
   * @param top most rows of a list
   */
  public static Details of(Questions questions, int top) throws StoreException {
    List<BlindSpot> blindSpots = questions.blindSpots();
    Timeline timeline = questions.timeline(top);
    Map<String, List<ServerRow>> servers =
        questions.serversOfSites(top).entrySet().stream()
            .collect(
                toMap(
                    Map.Entry::getKey,
                    site -> site.getValue().stream().map(ReportMaker::server).toList()));
    return new Details(timeline, servers, blindSpots, Origin.UNKNOWN);
  }

  /** The same with another origin. */
  public Details from(Origin newOrigin) {
    return new Details(timeline, servers, blindSpots, newOrigin);
  }
}
