package imon.report.html;

import imon.report.text.Figures;
import imon.report.text.ReportTimes;
import imon.report.text.Sizes;
import imon.store.ask.page.Timeline;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The picture of traffic over time that needs no script: stacked columns in a box of {@value
 * #WIDTH} by {@value #HEIGHT}, with a few times below and the height of the box in bytes.
 */
final class TimelineFigure {
  static final int WIDTH = 1000;
  static final int HEIGHT = 200;

  private static final int MOST_COLUMNS = 160;
  private static final int TICKS = 4;

  /** Few columns have gaps between them, of a part of their width on each side. */
  private static final int FEW_COLUMNS = 40;

  private static final int GAPS = 20;
  private static final int SECONDS = 60;
  private static final int DECIMALS = 1;

  private final Timeline timeline;
  private final ChartSeries series;
  private final Sizes sizes;
  private final ReportTimes times;

  /** Steps that share a column. */
  private final int merged;

  private final long[][] columns;
  private final long highest;

  TimelineFigure(Timeline timeline, Sizes sizes, ReportTimes times) {
    this.timeline = timeline;
    this.series = new ChartSeries(timeline);
    this.sizes = sizes;
    this.times = times;
    this.merged = Math.max(1, (timeline.steps() + MOST_COLUMNS - 1) / MOST_COLUMNS);
    this.columns = columns();
    this.highest = highest();
  }

  /**
   * What the template draws: {@code layers} (style, path), {@code top} (the height in bytes),
   * {@code step} (what a column covers), {@code ticks} (times from left to right), {@code key}
   * (each series with its style, bytes and bar).
   */
  Map<String, Object> model() {
    return Map.of(
        "layers", layers(),
        "top", sizes.text(highest),
        "step", stepText((long) merged * timeline.width()),
        "cut", stepText(timeline.width()),
        "ticks", ticks(),
        "key", key());
  }

  /** Minutes in the unit that needs the smallest number: {@code 5 minutes}, {@code 1 day}. */
  static String stepText(long minutes) {
    if (minutes % 1440 == 0) {
      return Figures.count(minutes / 1440, "day");
    }
    return minutes % 60 == 0
        ? Figures.count(minutes / 60, "hour")
        : Figures.count(minutes, "minute");
  }

  private long[][] columns() {
    long[][] sums = series.sums();
    int count = (timeline.steps() + merged - 1) / merged;
    long[][] wide = new long[sums.length][count];
    for (int row = 0; row < sums.length; row++) {
      for (int step = 0; step < timeline.steps(); step++) {
        wide[row][step / merged] += sums[row][step];
      }
    }
    return wide;
  }

  private long highest() {
    long most = 0;
    for (int column = 0; column < columns[0].length; column++) {
      long sum = 0;
      for (long[] layer : columns) {
        sum += layer[column];
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  private List<Map<String, Object>> layers() {
    List<Map<String, Object>> layers = new ArrayList<>();
    long[] below = new long[columns[0].length];
    for (int layer = 0; layer < columns.length; layer++) {
      String path = path(columns[layer], below);
      if (!path.isEmpty()) {
        layers.add(Map.of("style", series.style(layer), "path", path));
      }
    }
    return layers;
  }

  /** One layer's columns; adds them to what is below the next. */
  private String path(long[] layer, long[] below) {
    StringBuilder path = new StringBuilder();
    int gap = layer.length <= FEW_COLUMNS ? 1 : 0;
    for (int column = 0; column < layer.length; column++) {
      if (layer[column] > 0) {
        String left = x(column * GAPS + gap);
        String right = x((column + 1) * GAPS - gap);
        String bottom = y(below[column]);
        below[column] += layer[column];
        path.append('M').append(left).append(' ').append(bottom);
        path.append('V').append(y(below[column])).append('H').append(right);
        path.append('V').append(bottom).append('z');
      }
    }
    return path.toString();
  }

  /**
   * @param at in parts of a column
   */
  private String x(int at) {
    return scaled(at, (long) columns[0].length * GAPS, WIDTH);
  }

  private String y(long bytes) {
    return scaled(highest - bytes, highest, HEIGHT);
  }

  private static String scaled(long part, long whole, int length) {
    return Figures.scaled(part, whole, BigDecimal.valueOf(length), DECIMALS)
        .stripTrailingZeros()
        .toPlainString();
  }

  private List<String> ticks() {
    int count = Math.min(TICKS, timeline.steps());
    List<String> ticks = new ArrayList<>();
    for (int tick = 0; tick < count; tick++) {
      ticks.add(time((long) timeline.steps() * tick / count));
    }
    return ticks;
  }

  private String time(long step) {
    long minute = timeline.start() + step * timeline.width();
    return times.minute(Instant.ofEpochSecond(minute * SECONDS));
  }

  private List<Map<String, Object>> key() {
    long[] sums = Arrays.stream(columns).mapToLong(row -> Arrays.stream(row).sum()).toArray();
    long largest = Arrays.stream(sums).max().orElse(0);
    List<Map<String, Object>> key = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      key.add(
          Map.of(
              "label", series.labels().get(i),
              "style", series.style(i),
              "site", i < series.sites(),
              "bytes", sums[i],
              "bar", scaled(sums[i], largest, 100)));
    }
    return key;
  }
}
