package imon.cli.option;

import imon.analysis.Analysis;
import imon.live.device.LibpcapFilter;
import imon.wire.filter.FilterCompiler;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How captures are read, and where what was found is kept. */
public final class AnalysisOptions {
  @Option(
      names = "--db",
      paramLabel = "FILE",
      descriptionKey = "IMON_DB",
      description = "Keep the captures in this store (default: the variable IMON_DB).")
  private @Nullable Path store;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Which network this is, to keep apart those with the same addresses.")
  private String source = "";

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Threads that read and decode (default: one fewer than there are cores, as the"
              + " database works beside them).")
  private int workers = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

  @Option(
      names = "--filter",
      paramLabel = "BPF",
      description =
          "Follow only packets that this filter lets through, as tcpdump's: 'tcp port 443'. The"
              + " others are counted as filtered. Needs libpcap.")
  private String filter = "";

  @Option(
      names = "--again",
      description = "Take captures anew that the store has, as with other options.")
  private boolean again;

  @Mixin private FactSettings facts = new FactSettings();

  /**
   * What is asked for.
   *
   * @throws IllegalArgumentException when one of them cannot be
   * @throws IOException when there is a filter and libpcap is missing
   */
  public Analysis.Options options() throws IOException {
    return new Analysis.Options(workers, store, source, facts.options(), again, compiledFilter());
  }

  private @Nullable FilterCompiler compiledFilter() throws IOException {
    return filter.isBlank() ? null : LibpcapFilter.of(filter);
  }
}
