package imon.cli;

import imon.cli.option.StoreOption;
import imon.cli.output.ExitCode;
import imon.cli.output.FileUse;
import imon.cli.output.OutputFile;
import imon.cli.output.Terminal;
import imon.store.StoreFile;
import imon.store.StoreQuery;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a store in SQL. */
@Command(
    name = "query",
    description = "Ask a store in SQL, read-only.",
    mixinStandardHelpOptions = true,
    preprocessor = QueryCommand.Comments.class,
    footer = {
      "",
      "Views: captures, flows, traffic, evidence, answers, clients, ledger, anomalies",
      "(docs/store.md). Times are UTC. For example:",
      "  imon query --db x.db 'SELECT site, sum(down_bytes) FROM flows GROUP BY site'"
    })
final class QueryCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "SQL", description = "One statement.")
  private String sql = "";

  @Mixin private StoreOption store = new StoreOption();

  @ArgGroup(exclusive = true)
  private Format format = new Format();

  /** A table, unless another format is chosen. */
  static final class Format {
    @Option(names = "--csv", description = "Write CSV.")
    private boolean csv;

    @Option(names = "--json", description = "Write JSON: an array of one object per row.")
    private boolean json;

    @Option(
        names = "--parquet",
        paramLabel = "FILE",
        description = "Write the rows of a SELECT to a Parquet file.")
    private @Nullable Path parquet;
  }

  /**
   * A statement that begins with a comment is no option: these have no blank in their names. One in
   * front keeps the two apart.
   */
  static final class Comments implements CommandLine.IParameterPreprocessor {
    private static final Pattern COMMENT = Pattern.compile("--[^\\s=]*\\s.*", Pattern.DOTALL);

    @Override
    public boolean preprocess(
        Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      words.replaceAll(word -> COMMENT.matcher(word).matches() ? " " + word : word);
      return false;
    }
  }

  QueryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Path path = store.path();
    Path parquet = format.parquet;
    if (parquet != null) {
      writeParquet(path, parquet);
      return ExitCode.DONE;
    }
    Writer out = new BufferedWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8));
    QueryAnswer answer = answer(out);
    StoreQuery.run(path, sql, answer, terminal::say);
    answer.end();
    out.flush();
    return ExitCode.DONE;
  }

  private void writeParquet(Path asked, Path parquet) throws IOException {
    FileUse use = new FileUse();
    use.readsStore(new StoreFile(asked));
    use.writes(parquet);
    OutputFile.ownerOnly(parquet)
        .make(
            part -> {
              try (StoreQuery query = StoreQuery.open(asked, part, terminal::say)) {
                query.writeParquet(sql, part);
              }
            });
  }

  private QueryAnswer answer(Writer out) throws IOException {
    if (format.csv) {
      return new QueryAnswer.Csv(out);
    }
    return format.json ? new QueryAnswer.Json(out) : new QueryAnswer.Table(out);
  }
}
