package imon.store;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in one line what keeps a store file from being used. */
final class StoreFault {
  private static final Pattern HOLDER = Pattern.compile("PID (\\d+)");

  private StoreFault() {}

  static boolean isLock(StoreException e) {
    return message(e).contains("Could not set lock");
  }

  static StoreException explain(Path path, StoreException e) {
    String message = message(e);
    if (isLock(e)) {
      Matcher holder = HOLDER.matcher(message);
      String who = holder.find() ? "process " + holder.group(1) : "another process";
      return new StoreException(path + ": " + who + " has it open; try again when it is done", e);
    }
    if (message.contains("not a valid DuckDB database")) {
      return new StoreException(
          path + ": not an imon store (no DuckDB database); name another file by --db", e);
    }
    if (message.contains("Is a directory")) {
      return new StoreException(path + ": is a folder; name a file by --db", e);
    }
    if (message.contains("does not exist")) {
      return new StoreException(path + ": there is no such store; imon analyze --db makes one", e);
    }
    if (message.contains("Permission denied")) {
      return new StoreException(path + ": permission denied; it must be readable and writable", e);
    }
    return new StoreException(path + ": cannot be opened: " + message, e);
  }

  private static String message(StoreException e) {
    return String.valueOf(e.getMessage());
  }

  /** Refuses what is no store of ours, or one of a newer program. */
  static void checkVersion(Path path, Database database) throws StoreException {
    int version = Schema.version(database);
    if (version == 0) {
      throw new StoreException(
          path + ": a DuckDB database, but not an imon store; name another file by --db", null);
    }
    if (version > Schema.VERSION) {
      throw new StoreException(
          "%s: written by a newer imon (schema %d, this one knows %d); install the newer imon"
              .formatted(path, version, Schema.VERSION),
          null);
    }
  }
}
