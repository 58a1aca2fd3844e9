package imon.cli.capture;

import imon.cli.option.FactSettings;
import imon.store.StoreException;
import imon.store.StoreFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether and where finished files are kept in a store. */
final class IngestSettings {
  @Option(
      names = "--db",
      paramLabel = "FILE",
      description = "Keep each finished file in this store, by a process of lower priority.")
  private @Nullable Path store;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      defaultValue = "",
      description = "With --db: which network this is.")
  private String source = "";

  @Mixin private FactSettings facts = new FactSettings();

  /** Whether files are kept in a store. */
  boolean isAsked() {
    if (store == null && !source.isEmpty()) {
      throw new IllegalArgumentException("--source " + source + ": needs --db FILE");
    }
    List<String> options = facts.options().words();
    if (store == null && !options.isEmpty()) {
      throw new IllegalArgumentException(options.get(0) + ": needs --db FILE");
    }
    return store != null;
  }

  /** Refuses a store that no file could be taken into, before there are files. */
  void checkStore() throws StoreException {
    if (store != null) {
      new StoreFile(store).check();
    }
  }

  /** This program as a child process that takes files in; their names come after it. */
  List<String> command() {
    List<String> words =
        new ArrayList<>(List.of("analyze", "--no-report", "--db=" + store, "--source=" + source));
    words.addAll(facts.options().words());
    return ChildProgram.command(words);
  }
}
