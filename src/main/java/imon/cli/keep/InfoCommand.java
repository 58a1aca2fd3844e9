package imon.cli.keep;

import imon.cli.option.StoreOption;
import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import imon.report.TerminalTable;
import imon.report.sheet.SheetTable;
import imon.report.text.Sizes;
import imon.store.StoreFile;
import imon.store.keep.StoreContents;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a store holds. */
@Command(
    name = "info",
    description = "Say what a store holds, in all and of each source.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Captures, their statuses (docs/store.md), the time they are from, packets and",
      "bytes on the wire, and the flows that are kept one by one. Times are UTC.",
      "  imon store info --db x.db"
    })
public final class InfoCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private StoreOption store = new StoreOption();

  @Option(names = "--json", description = "Write JSON.")
  private boolean json;

  public InfoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    StoreFile file = store.file();
    StoreContents contents = StoreContents.of(file);
    Writer out = new BufferedWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8));
    if (json) {
      ContentsText.writeJson(contents, out);
    } else {
      TerminalTable.Options options =
          new TerminalTable.Options(
              terminal.columns(), !terminal.unicode(), terminal.colour(), Sizes.SI);
      new SheetTable(options).write(ContentsText.sheet(file.path().toString(), contents), out);
    }
    out.flush();
    return ExitCode.DONE;
  }
}
