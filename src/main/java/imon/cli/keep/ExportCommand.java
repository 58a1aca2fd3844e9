package imon.cli.keep;

import imon.cli.QueryAnswer;
import imon.cli.option.StoreOption;
import imon.cli.output.ExitCode;
import imon.cli.output.FileUse;
import imon.cli.output.OutputFile;
import imon.cli.output.Terminal;
import imon.pcap.write.OwnerOnly;
import imon.store.StoreQuery;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the views of a store to files. */
@Command(
    name = "export",
    description = "Write every view to a file: Parquet, or CSV.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Files are named by their views (docs/store.md), and replace those of an",
      "earlier export. Rows are sorted: the same store gives the same files.",
      "  imon store export --db x.db views/"
    })
public final class ExportCommand implements Callable<Integer> {
  private static final List<String> VIEWS =
      List.of(
          "captures", "flows", "traffic", "evidence", "answers", "clients", "ledger", "anomalies");

  private final Terminal terminal;

  @Parameters(paramLabel = "DIR", description = "Folder for the files; made when there is none.")
  private Path folder = Path.of("");

  @Mixin private StoreOption store = new StoreOption();

  @Option(names = "--csv", description = "Write CSV instead of Parquet.")
  private boolean csv;

  public ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Path file = store.path();
    FileUse use = new FileUse();
    use.readsStore(store.file());
    for (String view : VIEWS) {
      use.writes(target(view));
    }
    boolean made = Files.notExists(folder);
    OwnerOnly.createFolder(folder);
    try (StoreQuery query = StoreQuery.open(file, folder, terminal::say)) {
      for (String view : VIEWS) {
        write(query, view);
      }
    } catch (IOException e) {
      if (made) {
        removeIfEmpty(e);
      }
      throw e;
    }
    terminal.say("views written: " + VIEWS.size());
    return ExitCode.DONE;
  }

  private void removeIfEmpty(IOException failure) {
    try {
      Files.delete(folder);
    } catch (DirectoryNotEmptyException e) {
      // Views that were written stay.
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private Path target(String view) {
    return folder.resolve(view + (csv ? ".csv" : ".parquet"));
  }

  private void write(StoreQuery query, String view) throws IOException {
    String sql = "FROM " + view + " ORDER BY ALL";
    if (!csv) {
      OutputFile.ownerOnly(target(view)).make(part -> query.writeParquet(sql, part));
      return;
    }
    OutputFile.ownerOnly(target(view))
        .write(
            out -> {
              QueryAnswer answer = new QueryAnswer.Csv(out);
              query.ask(sql, answer);
              answer.end();
            });
  }
}
