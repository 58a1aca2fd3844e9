package imon.store.disk;

import imon.pcap.write.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log that DuckDB writes beside a store while a transaction is committed. It holds what the
 * store is to hold, and DuckDB would let everybody read it; but it takes an empty one that it
 * finds. To be used only by who has the store attached for writing.
 */
public final class StoreLog {
  private StoreLog() {}

  /** Where the log of a store is. */
  public static Path beside(Path store) {
    return store.resolveSibling(store.getFileName() + ".wal");
  }

  /** Makes the log of the next transaction, readable by its owner only. */
  public static void make(Path store) throws IOException {
    OwnerOnly.makeOrRestrict(beside(store));
  }

  /** Removes a log that no transaction has written to. */
  public static void removeUnused(Path store) {
    Path log = beside(store);
    try {
      if (Files.exists(log) && Files.size(log) == 0) {
        Files.delete(log);
      }
    } catch (IOException e) {
      // Whoever opens the store next passes over an empty log.
    }
  }
}
