package imon.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** One line for each thing that a benchmark counts; one for its runs if it counts nothing. */
final class ResultTable {
  /** What profilers add begins so. */
  private static final String PROFILED = "gc.";

  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final double NANOS = 1e9;

  private ResultTable() {}

  static String of(Collection<RunResult> results) {
    String heading =
        "%-48s %-9s %17s %7s %13s %12s%n"
            .formatted("benchmark", "what", "a second", "+/-", "ns for one", "B for one");
    return heading + results.stream().map(ResultTable::lines).collect(Collectors.joining());
  }

  private static String lines(RunResult result) {
    var counted = result.getSecondaryResults();
    List<String> names =
        counted.keySet().stream().filter(name -> !name.startsWith(PROFILED)).toList();
    return names.isEmpty()
        ? line(result, "runs", result.getPrimaryResult())
        : names.stream()
            .map(name -> line(result, name, counted.get(name)))
            .collect(Collectors.joining());
  }

  private static String line(RunResult result, String what, Result<?> counted) {
    double rate = counted.getScore();
    double runs = result.getPrimaryResult().getScore();
    double allocated = allocated(result) * runs / rate;
    return String.format(
        Locale.ROOT,
        "%-48s %-9s %,17.1f %7s %,13.1f %,12.1f%n",
        name(result.getParams()),
        what,
        rate,
        error(counted.getScoreError() / rate),
        NANOS / rate,
        allocated);
  }

  /** Half of the 99.9 % confidence interval, for which a quick run has too few values. */
  private static String error(double part) {
    return Double.isNaN(part) ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * part);
  }

  private static double allocated(RunResult result) {
    return result.getSecondaryResults().get(ALLOCATED).getScore();
  }

  /** Class and method, and the values of parameters. */
  private static String name(BenchmarkParams params) {
    String full = params.getBenchmark();
    int type = full.lastIndexOf('.', full.lastIndexOf('.') - 1) + 1;
    String method = full.substring(type).replace("Benchmark", "");
    String values =
        params.getParamsKeys().stream()
            .map(key -> ' ' + key + '=' + params.getParam(key))
            .collect(Collectors.joining());
    return method + values;
  }
}
