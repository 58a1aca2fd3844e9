package imon.cli.option;

import imon.aside.Aside;
import imon.cli.output.Bundle;
import imon.cli.output.FileUse;
import imon.cli.output.OutputFile;
import imon.cli.output.Terminal;
import imon.pcap.write.IoReason;
import imon.report.TerminalTable;
import imon.report.secret.Pseudonyms;
import imon.report.text.PageTemplates;
import imon.report.text.Sizes;
import imon.report.text.VisibleText;
import imon.store.StoreException;
import imon.store.ask.inside.InternalNames;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where reports go and how they look; the same for every command that reports. */
public final class OutputOptions {
  /** Stands for no file; one of that name is {@code ./-}. */
  public static final Path STANDARD_OUTPUT = Path.of("-");

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
    secrecy.open();
    Outputs<T> outputs = new Outputs<>(formats);
    outputs.use.reads(NamedFiles.read(command));
    outputs.use.reads(new PageTemplates(templates).files());
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
      throw new IOException(
          "cannot make the folder %s: %s; choose another place"
              .formatted(VisibleText.of(folder.toString()), IoReason.of(e)),
          e);
    }
  }

  private Sizes sizes() {
    return binary ? Sizes.BINARY : Sizes.SI;
  }

  /** The places that reports of one type go to. */
  public final class Outputs<T> {
    private final Formats<T> formats;
    private final FileUse use = new FileUse();
    private final Set<Format<T>> asked = new HashSet<>();
    private final Map<OutputFile, Format<T>> files = new LinkedHashMap<>();
    private Map<String, Format<T>> bundled = Map.of();
    private @Nullable OutputFile bundleFile;
    private @Nullable Format<T> onStandardOutput;

    private Outputs(Formats<T> formats) {
      this.formats = formats;
    }

    private void add(@Nullable Path target, @Nullable Format<T> format) throws IOException {
      if (target == null || format == null) {
        return;
      }
      asked.add(format);
      if (!target.equals(STANDARD_OUTPUT)) {
        use.writes(target);
        files.put(new OutputFile(target), format);
        return;
      }
      if (onStandardOutput != null) {
        throw new IllegalArgumentException("only one report can go to standard output ('-')");
      }
      onStandardOutput = format;
    }

    private void bundle(@Nullable Path target, Map<String, Format<T>> formats) throws IOException {
      if (STANDARD_OUTPUT.equals(target)) {
        throw new IllegalArgumentException("--bundle -: give the name of a file");
      }
      if (target != null) {
        use.writes(target);
        bundleFile = new OutputFile(target);
        bundled = formats;
        asked.addAll(formats.values());
      }
    }

    /** A file that is made beside the reports, and not by these. */
    public OutputFile ownerOnly(Path target) throws IOException {
      use.writes(target);
      OutputFile file = OutputFile.ownerOnly(target);
      file.checkRegular();
      return file;
    }

    /** What the command reads and writes, to note what is known later. */
    public FileUse use() {
      return use;
    }

    private void check() throws IOException {
      if (bundleFile != null) {
        bundleFile.checkRegular();
      }
      for (OutputFile file : files.keySet()) {
        file.check();
      }
    }

    /** Begins with what needs no report; for those who have to wait for theirs. */
    public void prepare() {
      asked.forEach(Format::prepare);
    }

    /** Writes a report to all places; as a table if none of them is standard output. */
    public void write(T made, Terminal terminal) throws IOException {
      T report = shown(made);
      writeFiles(report);
      Format<T> format = onStandardOutput;
      if (format == null) {
        format =
            formats.table(
                new TerminalTable.Options(
                    terminal.columns(), !terminal.unicode(), terminal.colour(), sizes()));
      }
      Writer out =
          new BufferedWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8));
      format.write(report, out);
      out.flush();
    }

    /** All at once; each file is whole or as it was, whatever happens to the others. */
    private void writeFiles(T report) throws IOException {
      List<Aside.Step<IOException>> writing = new ArrayList<>();
      files.forEach(
          (file, format) -> writing.add(() -> file.write(out -> format.write(report, out))));
      OutputFile bundle = bundleFile;
      if (bundle != null) {
        writing.add(() -> writeBundle(bundle, report));
      }
      Aside.together("imon-output", writing);
    }

    private void writeBundle(OutputFile file, T report) throws IOException {
      Bundle bundle = new Bundle();
      bundled.forEach((name, format) -> bundle.add(name, out -> format.write(report, out)));
      file.make(part -> bundle.write(part, formats.madeAt(report)));
    }

    /** No renderer gets what is to be hidden. */
    private T shown(T report) {
      Hiding<T> hiding = formats.hiding();
      return hiding == null || !secrecy.isAsked()
          ? report
          : hiding.hide(report, secrecy.pseudonyms());
    }
  }
}
