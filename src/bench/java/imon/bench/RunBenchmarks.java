package imon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and prints their table. System properties: {@code bench.only} is a regular
 * expression that chooses, {@code bench.quick} makes do with a second of each, {@code
 * imon.bench.capture} names a capture to read instead of the one that is made. JMH throws when a
 * benchmark fails, and when none is chosen.
 */
class RunBenchmarks {
  private static final Path FOLDER = Path.of("target", "bench");
  private static final Path SAMPLES = Path.of("sample-captures");

  /** Copies of the samples: some hundred thousand packets. */
  private static final int COPIES = 64;

  /** As {@code ./imon} starts Java, with a heap that has room for what is measured. */
  private static final String[] JVM = {"-XX:+UseSerialGC", "-Xms1g", "-Xmx1g"};

  @Test
  void theChosenBenchmarksRun() throws IOException, RunnerException {
    Files.createDirectories(FOLDER);
    Collection<RunResult> results = new Runner(options(capture()).build()).run();
    String table = ResultTable.of(results);
    Files.writeString(FOLDER.resolve("results.txt"), table);
    System.out.println('\n' + table);
  }

  private static Path capture() throws IOException {
    String given = System.getProperty(Traffic.PROPERTY, "");
    if (!given.isEmpty()) {
      return Path.of(given).toAbsolutePath();
    }
    Path made = FOLDER.resolve("traffic.pcap").toAbsolutePath();
    TrafficWriter writer = new TrafficWriter();
    writer.add(SAMPLES);
    writer.write(made, COPIES);
    Traffic traffic = Traffic.of(made);
    Check.same("packets", writer.packets(), traffic.packets());
    Check.same("bytes on the wire", writer.wireBytes(), traffic.wireBytes());
    return made;
  }

  private static ChainedOptionsBuilder options(Path capture) {
    boolean quick = System.getProperty("bench.quick") != null;
    return new OptionsBuilder()
        .include(System.getProperty("bench.only", ".*"))
        .mode(Mode.Throughput)
        .forks(quick ? 1 : 3)
        .warmupIterations(quick ? 1 : 5)
        .warmupTime(TimeValue.seconds(quick ? 1 : 2))
        .measurementIterations(quick ? 2 : 5)
        .measurementTime(TimeValue.seconds(quick ? 1 : 2))
        .jvmArgs(JVM)
        .jvmArgsAppend("-D" + Traffic.PROPERTY + '=' + capture)
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .resultFormat(ResultFormatType.JSON)
        .result(FOLDER.resolve("results.json").toString());
  }
}
