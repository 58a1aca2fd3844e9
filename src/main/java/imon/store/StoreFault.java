package imon.store;

import imon.pcap.write.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in one line what keeps a store file from being used. */
final class StoreFault {
  private static final Pattern HOLDER = Pattern.compile("PID (\\d+)");

  private StoreFault() {}

  static boolean isLock(StoreException e) {
    return message(e).contains("Could not set lock");
  }

  /** Who has the store open, by what a failure to lock it says. */
  static String holder(StoreException e) {
    Matcher holder = HOLDER.matcher(message(e));
    return holder.find() ? "process " + holder.group(1) : "another process";
  }

  static StoreException explain(Path path, StoreException e) {
    String message = message(e);
    if (isLock(e)) {
      return new StoreException(
          path + ": " + holder(e) + " has it open; try again when it is done", e);
    }
    if (isFull(message)) {
      return full(path, e);
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
    if (message.contains("Read-only file system")) {
      return new StoreException(
          path + ": its file system is read-only; make that writable, or copy the store", e);
    }
    if (message.contains("Permission denied")) {
      return new StoreException(path + ": permission denied; it must be readable and writable", e);
    }
    if (isDamage(message)) {
      return damaged(path, e);
    }
    return new StoreException(path + ": cannot be opened: " + e.getMessage(), e);
  }

  /**
   * Says what went wrong with a store that is open; what is not the file's fault stays as it is.
   */
  static StoreException within(Path path, StoreException e) {
    String message = message(e);
    if (isFull(message) || message.contains("CHECKPOINT during DETACH")) {
      return full(path, e);
    }
    return isDamage(message) ? damaged(path, e) : e;
  }

  /** Bytes that are others, or that are no longer there. */
  private static boolean isDamage(String message) {
    return message.contains("Corrupt")
        || message.contains("checksum")
        || message.contains("Could not read enough bytes");
  }

  private static StoreException damaged(Path path, StoreException e) {
    return new StoreException(
        path + ": damaged; bring back a copy, or make it anew from its captures", e);
  }

  /** Whether a statement failed as the disk is full. */
  static boolean isFull(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("IO Error") && isFull(message);
  }

  private static boolean isFull(String message) {
    return message.contains("No space left");
  }

  private static StoreException full(Path path, IOException e) {
    return new StoreException(
        path + ": no space left; free some and do it again (what was kept before is sound)", e);
  }

  /** A store cannot be written anew, and stays as it is. */
  static StoreException unwritten(Path path, IOException e) {
    String message = String.valueOf(e.getMessage());
    return isFull(message)
        ? full(path, e)
        : new StoreException(
            "%s: cannot be written anew: %s; it is unchanged".formatted(path, message), e);
  }

  /** A new store cannot be made. */
  static StoreException unmade(Path path, IOException e) {
    return new StoreException(
        path + ": cannot be made: " + IoReason.of(e) + "; choose a folder that can be written to",
        e);
  }

  /** A store can be read, but no log, nor a new store, can be written beside it. */
  static StoreException nothingBeside(Path path, IOException e) {
    return isFull(String.valueOf(e.getMessage()))
        ? full(path, e)
        : new StoreException(
            path
                + ": cannot be written to: "
                + IoReason.of(e)
                + "; its folder must be writable, too",
            e);
  }

  /** All lines of it: a path in it may have several. */
  private static String message(StoreException e) {
    Throwable said = e.getCause() instanceof SQLException cause ? cause : e;
    return String.valueOf(said.getMessage());
  }

  /** Refuses what is no file: to open a pipe could take for ever. */
  static void checkKind(Path path) throws StoreException {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw new StoreException(path + ": a pipe or device; name a file by --db", null);
    }
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
