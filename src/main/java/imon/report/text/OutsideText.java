package imon.report.text;

import imon.store.Traffic;
import imon.store.ask.page.Timeline;
import imon.store.ask.page.Timeline.Outside;
import java.time.Instant;

/** Says what the picture of traffic over time leaves out, as a wrong clock put it elsewhere. */
public final class OutsideText {
  private static final int SECONDS = 60;

  private OutsideText() {}

  /** One line without a full stop; empty where nothing is left out. */
  public static String of(Timeline timeline, Sizes sizes, ReportTimes times) {
    Outside outside = timeline.outside();
    if (outside == null) {
      return "";
    }
    Traffic traffic = timeline.outsideTraffic();
    return String.join(
        ", ",
        "Too far away in time for the picture: " + Figures.count(traffic.packets(), "packet"),
        sizes.text(traffic.bytes()),
        times.minutes(
            Instant.ofEpochSecond(outside.from() * SECONDS),
            Instant.ofEpochSecond(outside.to() * SECONDS)));
  }
}
