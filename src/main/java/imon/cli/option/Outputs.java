package imon.cli.option;

import imon.aside.Aside;
import imon.cli.option.OutputOptions.Format;
import imon.cli.option.OutputOptions.Formats;
import imon.cli.option.OutputOptions.Hiding;
import imon.cli.output.Bundle;
import imon.cli.output.FileUse;
import imon.cli.output.OutputFile;
import imon.cli.output.Terminal;
import imon.report.TerminalTable;
import imon.report.text.Sizes;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The places that reports of one type go to. */
public final class Outputs<T> {
  private final Formats<T> formats;
  private final SecrecyOptions secrecy;
  private final Sizes sizes;
  private final FileUse use = new FileUse();
  private final Set<Format<T>> asked = new HashSet<>();
  private final Map<OutputFile, Format<T>> files = new LinkedHashMap<>();
  private Map<String, Format<T>> bundled = Map.of();
  private @Nullable OutputFile bundleFile;
  private @Nullable Format<T> onStandardOutput;

  Outputs(Formats<T> formats, SecrecyOptions secrecy, Sizes sizes) {
    this.formats = formats;
    this.secrecy = secrecy;
    this.sizes = sizes;
  }

  /** One more place, or standard output. */
  void add(@Nullable Path target, @Nullable Format<T> format) throws IOException {
    if (target == null || format == null) {
      return;
    }
    asked.add(format);
    if (!target.equals(OutputOptions.STANDARD_OUTPUT)) {
      use.writes(target);
      files.put(new OutputFile(target), format);
      return;
    }
    if (onStandardOutput != null) {
      throw new IllegalArgumentException("only one report can go to standard output ('-')");
    }
    onStandardOutput = format;
  }

  /** A ZIP file with some formats. */
  void bundle(@Nullable Path target, Map<String, Format<T>> formats) throws IOException {
    if (OutputOptions.STANDARD_OUTPUT.equals(target)) {
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

  /** Finds out early which of them cannot be written. */
  void check() throws IOException {
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
                  terminal.columns(), !terminal.unicode(), terminal.colour(), sizes));
    }
    Writer out = new BufferedWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8));
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
