package imon.report.metrics;

import imon.report.text.VisibleText;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All samples of one name, which stand together (OpenMetrics 1.0, section 4.4). All are gauges: the
 * next report can have less.
 */
final class MetricFamily {
  private static final int NANOS = 1000;
  private static final int MICRO_DIGITS = 6;

  private final String name;
  private final String unit;
  private final String help;
  private final Map<String, BigDecimal> samples = new LinkedHashMap<>();

  /**
   * @param unit what the name ends with, or empty
   * @param help one sentence
   */
  MetricFamily(String name, String unit, String help) {
    this.name = name;
    this.unit = unit;
    this.help = help;
  }

  /**
   * Adds a sample. Names that look alike when they are made harmless are one.
   *
   * @param labels names and values in turn
   */
  MetricFamily add(long value, String... labels) {
    samples.merge(labels(labels), BigDecimal.valueOf(value), BigDecimal::add);
    return this;
  }

  /** Adds a time as seconds since 1970 UTC, rounded down to the microsecond. */
  MetricFamily add(Instant time) {
    BigDecimal seconds =
        BigDecimal.valueOf(time.getEpochSecond())
            .add(BigDecimal.valueOf(time.getNano() / NANOS, MICRO_DIGITS));
    samples.put("", seconds.stripTrailingZeros());
    return this;
  }

  /** Writes it; nothing when it has no sample. */
  void write(Appendable out) throws IOException {
    if (samples.isEmpty()) {
      return;
    }
    out.append("# HELP " + name + " " + help + "\n");
    out.append("# TYPE " + name + " gauge\n");
    if (!unit.isEmpty()) {
      out.append("# UNIT " + name + " " + unit + "\n");
    }
    for (Map.Entry<String, BigDecimal> sample : samples.entrySet()) {
      out.append(name + sample.getKey() + " " + sample.getValue().toPlainString() + "\n");
    }
  }

  private static String labels(String... labels) {
    return labels.length == 0
        ? ""
        : IntStream.range(0, labels.length / 2)
            .mapToObj(i -> labels[2 * i] + "=\"" + escaped(labels[2 * i + 1]) + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String escaped(String value) {
    return VisibleText.of(value).replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
