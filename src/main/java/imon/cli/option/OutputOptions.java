package imon.cli.option;

import imon.pcap.write.IoReason;
import imon.report.TerminalTable;
import imon.report.secret.Pseudonyms;
import imon.report.text.PageTemplates;
import imon.report.text.Sizes;
import imon.report.text.VisibleText;
import imon.store.StoreException;
import imon.store.StoreFile;
import imon.store.ask.inside.InternalNames;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where reports go and how they look; the same for every command that reports. */
public final class OutputOptions {
  /** Stands for no file; one of that name is {@code ./-}. */
  public static final Path STANDARD_OUTPUT = Path.of("-");

  /** What these name is written; what any other option names is read. */
  private static final Set<String> WRITTEN =
      Set.of(
          "--html", "--csv", "--json", "--markdown", "--output", "--bundle", "--metrics", "--pcap");

  private static final Set<String> STORES = Set.of("--db", "--with-db");

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the report as one HTML file ('-' is standard output).")
  private @Nullable Path html;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the report as CSV.")
  private @Nullable Path csv;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON.")
  private @Nullable Path json;

  @Option(names = "--markdown", paramLabel = "FILE", description = "Write it as Markdown.")
  private @Nullable Path markdown;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Write report.html, .csv, .json and .md into this folder.")
  private @Nullable Path folder;

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description = "Write all four formats and their checksums as one ZIP file.")
  private @Nullable Path bundle;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = "Write figures for Prometheus, as its textfile collector reads them (.prom).")
  private @Nullable Path metrics;

  @Option(names = "--binary", description = "Sizes in KiB, MiB, ... instead of kB, MB, ...")
  private boolean binary;

  @Option(
      names = "--templates",
      paramLabel = "DIR",
      description = "HTML by the templates, style and scripts in this folder.")
  private @Nullable Path templates;

  /** Whether an output has what a page shows beside its tables. */
  public boolean isDetailed() {
    return html != null || csv != null || json != null || folder != null || bundle != null;
  }

  @Mixin private final SecrecyOptions secrecy = new SecrecyOptions();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** One way to write a report of type {@code T}. */
  public interface Format<T> {
    /** Begins with what needs no report, in a thread of its own. */
    default void prepare() {}

    void write(T report, Writer out) throws IOException;
  }

  /** All ways to write one. */
  public interface Formats<T> {
    Format<T> html(Sizes sizes, PageTemplates templates);

    Format<T> csv();

    Format<T> json();

    Format<T> markdown(Sizes sizes);

    Format<T> table(TerminalTable.Options options);

    /** As metrics; null when there are none of it. */
    default @Nullable Format<T> metrics() {
      return null;
    }

    /** When it says that it was made; null when it does not say. */
    @Nullable Instant madeAt(T report);

    /** How one is made that hides who the clients are; null when it cannot. */
    @Nullable Hiding<T> hiding();
  }

  /** Puts pseudonyms into a report. */
  public interface Hiding<T> {
    T hide(T report, Pseudonyms names);
  }

  /** Who knows which names are those of local networks. */
  public interface Knowing {
    InternalNames internalNames() throws StoreException;
  }

  /** Whether a report is asked for, other than the plain table. */
  public boolean isAsked() {
    return html != null
        || csv != null
        || json != null
        || markdown != null
        || folder != null
        || bundle != null
        || metrics != null
        || secrecy.isAsked();
  }

  /** Asks which names a report has to hide, if it is to hide any; before it is written. */
  public void learn(Knowing questions) throws StoreException {
    if (secrecy.isAsked()) {
      secrecy.hide(questions.internalNames());
    }
  }

  /**
   * Finds out early what would be found only after long work: two reports for standard output, a
   * file that another option has the command read, or one that cannot be written.
   */
  public <T> Outputs<T> open(Formats<T> formats) throws IOException {
    if (secrecy.isAsked() && formats.hiding() == null) {
      throw new IllegalArgumentException(
          "--anonymize: this report is about packets and their addresses and would hide nothing;"
              + " leave it out");
    }
    if (metrics != null && formats.metrics() == null) {
      throw new IllegalArgumentException(
          "--metrics: only imon analyze and imon report have metrics; leave it out");
    }
    if (templates != null && html == null && folder == null && bundle == null) {
      throw new IllegalArgumentException(
          "--templates says how pages look: give --html, --output or --bundle, too");
    }
    secrecy.open();
    Outputs<T> outputs = new Outputs<>(formats, secrecy, sizes());
    outputs.use().reads(namedToRead());
    for (Path store : stores()) {
      outputs.use().readsStore(new StoreFile(store));
    }
    outputs.use().reads(new PageTemplates(templates).files());
    Map<String, Format<T>> all = all(formats);
    outputs.add(html, all.get("report.html"));
    outputs.add(csv, all.get("report.csv"));
    outputs.add(json, all.get("report.json"));
    outputs.add(markdown, all.get("report.md"));
    outputs.add(metrics, formats.metrics());
    if (folder != null) {
      for (Map.Entry<String, Format<T>> format : all.entrySet()) {
        outputs.add(folder.resolve(format.getKey()), format.getValue());
      }
    }
    outputs.bundle(bundle, all);
    if (folder != null) {
      makeFolder(folder);
    }
    outputs.check();
    return outputs;
  }

  /** The files and folders that options of the command name for it to read. */
  private List<Path> namedToRead() {
    List<Path> files = new ArrayList<>();
    for (OptionSpec option : command.options()) {
      if (!WRITTEN.contains(option.longestName())) {
        Object value = option.getValue();
        Collection<?> values =
            value instanceof Collection<?> several ? several : Arrays.asList(value);
        values.stream().filter(Path.class::isInstance).map(Path.class::cast).forEach(files::add);
      }
    }
    return files;
  }

  private List<Path> stores() {
    return command.options().stream()
        .filter(option -> STORES.contains(option.longestName()))
        .map(OptionSpec::<Path>getValue)
        .filter(Objects::nonNull)
        .toList();
  }

  /** What a folder or a bundle holds, by name and in this order. */
  private <T> Map<String, Format<T>> all(Formats<T> formats) {
    Map<String, Format<T>> all = new LinkedHashMap<>();
    all.put("report.html", formats.html(sizes(), new PageTemplates(templates)));
    all.put("report.csv", formats.csv());
    all.put("report.json", formats.json());
    all.put("report.md", formats.markdown(sizes()));
    return all;
  }

  private static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw IoReason.noFolder(VisibleText.of(folder.toString()), e);
    }
  }

  private Sizes sizes() {
    return binary ? Sizes.BINARY : Sizes.SI;
  }
}
