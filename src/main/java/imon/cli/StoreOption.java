package imon.cli;

import imon.store.StoreFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The store that is asked. */
public final class StoreOption {
  @Option(
      names = "--db",
      paramLabel = "FILE",
      defaultValue = "${IMON_DB}",
      description = "The store to ask (default: the variable IMON_DB).")
  private @Nullable Path store;

  /** The store; complains when none is named. */
  public StoreFile file() {
    if (store == null) {
      throw new IllegalArgumentException("--db FILE is missing (or the variable IMON_DB)");
    }
    return new StoreFile(store);
  }
}
