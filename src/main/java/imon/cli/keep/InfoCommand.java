package imon.cli.keep;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import imon.cli.QueryAnswer;
import imon.cli.option.StoreOption;
import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import imon.report.text.Sizes;
import imon.store.StoreFile;
import imon.store.keep.StoreContents;
import imon.store.keep.StoreContents.Source;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a store holds. */
@Command(
    name = "info",
    description = "Say what a store holds, for each source.",
    mixinStandardHelpOptions = true)
public final class InfoCommand implements Callable<Integer> {
  private static final long SECOND = 1_000_000_000L;

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
      writeJson(contents, out);
    } else {
      writeTable(contents, out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void writeTable(StoreContents contents, Writer out) throws IOException {
    String size = Sizes.SI.exact(contents.fileBytes());
    out.write("schema " + contents.schema() + ", " + size + "\n");
    QueryAnswer.Table table = new QueryAnswer.Table(out);
    table.columns(
        List.of(
            "SOURCE", "CAPTURES", "PRUNED", "FROM (UTC)", "TO (UTC)", "PACKETS", "BYTES", "FLOWS"));
    for (Source source : contents.sources()) {
      table.row(row(source));
    }
    table.end();
  }

  private static List<@Nullable Object> row(Source source) {
    return Arrays.asList(
        source.name().isEmpty() ? "(none)" : source.name(),
        source.captures(),
        source.pruned(),
        time(source.firstTime()),
        time(source.lastTime()),
        source.packets(),
        source.wireBytes(),
        source.flows());
  }

  private static @Nullable String time(@Nullable Long nanos) {
    return nanos == null ? null : Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND)).toString();
  }

  private static void writeJson(StoreContents contents, Writer out) throws IOException {
    try (JsonGenerator to = new JsonFactory().createGenerator(out)) {
      to.setPrettyPrinter(new DefaultPrettyPrinter());
      to.configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false);
      to.writeStartObject();
      to.writeNumberField("schema", contents.schema());
      to.writeNumberField("file_bytes", contents.fileBytes());
      to.writeArrayFieldStart("sources");
      for (Source source : contents.sources()) {
        write(source, to);
      }
      to.writeEndArray();
      to.writeEndObject();
      to.writeRaw('\n');
    }
  }

  private static void write(Source source, JsonGenerator to) throws IOException {
    to.writeStartObject();
    to.writeStringField("source", source.name());
    to.writeNumberField("captures", source.captures());
    to.writeNumberField("pruned", source.pruned());
    to.writeStringField("first_packet", time(source.firstTime()));
    to.writeStringField("last_packet", time(source.lastTime()));
    to.writeNumberField("packets", source.packets());
    to.writeNumberField("wire_bytes", source.wireBytes());
    to.writeNumberField("flows", source.flows());
    to.writeEndObject();
  }
}
