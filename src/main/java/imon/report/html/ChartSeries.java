package imon.report.html;

import imon.report.Report.Group;
import imon.store.ask.page.Timeline;
import imon.store.ask.page.Timeline.Cell;
import imon.store.ask.page.Timeline.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is stacked in the picture of traffic over time: the largest sites, then all others, then
 * what has no site. The script of the page shares this rule.
 */
final class ChartSeries {
  /** Sites with a colour of their own. */
  static final int MOST_SITES = 7;

  private final Timeline timeline;
  private final int sites;

  ChartSeries(Timeline timeline) {
    this.timeline = timeline;
    this.sites = Math.min(MOST_SITES, timeline.sites().size());
  }

  /** Sites that have a series of their own. */
  int sites() {
    return sites;
  }

  /** What each series is called, from the bottom to the top. */
  List<String> labels() {
    List<String> labels = new ArrayList<>(timeline.sites().subList(0, sites));
    labels.addAll(List.of("other sites", "unresolved", "local", rest()));
    return labels;
  }

  /** All that is behind local traffic in the ledger, as far as there is any. */
  private String rest() {
    List<String> groups =
        Arrays.stream(Group.values())
            .filter(group -> group.compareTo(Group.LOCAL) > 0)
            .filter(group -> timeline.kinds().stream().anyMatch(kind -> group(kind) == group))
            .map(Group::label)
            .toList();
    int last = groups.size() - 1;
    return switch (groups.size()) {
      case 0 -> "other traffic";
      case 1 -> groups.get(0);
      default -> String.join(", ", groups.subList(0, last)) + " and " + groups.get(last);
    };
  }

  /** The style of a series, which has its colour. */
  String style(int series) {
    return series < sites ? "series-" + series : "series-rest-" + (series - sites);
  }

  /** The place of a cell's series. */
  int of(Cell cell) {
    if (cell.site() != Timeline.NONE) {
      return Math.min(cell.site(), sites);
    }
    return switch (group(timeline.kinds().get(cell.kind()))) {
      case UNRESOLVED -> sites + 1;
      case LOCAL -> sites + 2;
      default -> sites + 3;
    };
  }

  /** Bytes of every series in every step; what is outside of the steps is in none. */
  long[][] sums() {
    long[][] sums = new long[sites + 4][timeline.steps()];
    for (Cell cell : timeline.cells()) {
      if (cell.step() != Timeline.NONE) {
        sums[of(cell)][cell.step()] += cell.traffic().bytes();
      }
    }
    return sums;
  }

  /** What a kind means in the ledger. */
  static Group group(Kind kind) {
    if (kind.name().equals(kind.evidence())) {
      return kind.proof() ? Group.PROVEN : Group.INFERRED;
    }
    return kind.name().equals("none")
        ? Group.UNRESOLVED
        : Arrays.stream(Group.values())
            .filter(group -> group.label().equalsIgnoreCase(kind.name()))
            .findFirst()
            .orElse(Group.UNDECODABLE);
  }
}
