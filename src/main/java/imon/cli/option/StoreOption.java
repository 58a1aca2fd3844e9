package imon.cli.option;

import imon.store.StoreFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The store that is asked. */
public final class StoreOption {
  @Option(
      names = "--db",
      paramLabel = "FILE",
      descriptionKey = "IMON_DB",
      description = "The store to ask (default: the variable IMON_DB).")
  private @Nullable Path store;

  /** The store; an error of usage when none was named. */
  public StoreFile file() {
    return new StoreFile(path());
  }

  /** Where it is; an error of usage when none was named. */
  public Path path() {
    if (store == null) {
      throw new IllegalArgumentException("--db FILE is missing (or the variable IMON_DB)");
    }
    return store;
  }
}
