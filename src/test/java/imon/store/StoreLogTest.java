package imon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.store.disk.StoreLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What DuckDB writes beside a store holds what the store is to hold. */
class StoreLogTest {
  @TempDir Path folder;

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void theLogThatDuckDbWritesIsTheOneThatWasMadeForIt() throws IOException, SQLException {
    Path store = folder.resolve("imon.db");
    Path log = folder.resolve("imon.db.wal");
    try (Database database = Database.open("", new Properties());
        Statement statement = database.connection().createStatement()) {
      statement.execute("ATTACH '" + store + "' AS store");
      StoreLog.make(store);
      assertEquals("rw-------", permissions(log));
      // Without a checkpoint at the commit, the log stays to be looked at.
      statement.execute("CREATE TABLE store.secret AS SELECT 'www.example.com' AS host");
      assertTrue(Files.size(log) > 0);
      assertEquals("rw-------", permissions(log));
    }
  }

  @Test
  void aLogThatStandsThereIsKeptFromOthers() throws IOException {
    Path store = folder.resolve("imon.db");
    Path log = Files.writeString(folder.resolve("imon.db.wal"), "what a killed process left");
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-r--r--"));
    StoreLog.make(store);
    assertEquals("rw-------", permissions(log));
    assertEquals("what a killed process left", Files.readString(log));
  }

  @Test
  void onlyALogThatNobodyHasWrittenToIsRemoved() throws IOException {
    Path store = folder.resolve("imon.db");
    Path log = folder.resolve("imon.db.wal");
    StoreLog.make(store);
    StoreLog.removeUnused(store);
    assertFalse(Files.exists(log));
    Files.writeString(log, "x");
    StoreLog.removeUnused(store);
    assertTrue(Files.exists(log));
  }

  @Test
  void keepingCapturesLeavesNoLogBehind() throws IOException {
    try (Facts facts = new Facts()) {
      facts.anew();
      facts.flow(1, Facts.LATER, "10.0.0.1", "203.0.113.1").end();
      StoreFile store = new StoreFile(folder.resolve("imon.db"));
      store.prepare(facts.staging);
      store.keep(facts.staging);
      store.correlate(facts.staging);
    }
    try (var files = Files.list(folder)) {
      assertEquals("[imon.db]", files.map(Path::getFileName).toList().toString());
    }
  }
}
