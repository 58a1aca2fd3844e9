package imon.store;

import static imon.store.Facts.LATER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.Evidence;
import imon.name.SiteNaming;
import imon.store.ask.Questions;
import imon.store.ask.Selection;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores of earlier versions, made by the scripts of their time. */
@LongTest
class MigrationTest {
  private static final String COLUMNS =
      """
      SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable) FROM duckdb_columns()
      WHERE database_name = 'store' AND schema_name IN ('fact', 'main') AND NOT internal
      ORDER BY table_name, column_index
      """;

  @TempDir static Path stores;
  private static Path today;
  private static Path first;

  @TempDir Path folder;
  private Path old;

  @BeforeAll
  static void makeStores() throws StoreException {
    today = stores.resolve("today.db");
    first = stores.resolve("first.db");
    try (Facts facts = new Facts().capture("")) {
      StoreFile store = new StoreFile(today);
      store.prepare(facts.staging);
      facts.flow(1, LATER, "10.0.0.1", "198.51.100.1", 3000);
      facts.evidence(1, Evidence.TLS, "www.example.com", 2);
      facts.flow(3, LATER, "10.0.0.2", "198.51.100.2", 600);
      facts.answer(4, LATER - 5, "10.0.0.2", "mail.example.org", "198.51.100.2");
      facts.flow(5, LATER, "10.0.0.2", "198.51.100.3", 60).end();
      store.keep(facts.staging);
      store.correlate(facts.staging);
    }
    makeFirst();
  }

  /** The tables that version 1 had are as they were, so that rows of today fit. */
  private static void makeFirst() throws StoreException {
    try (Database database = Database.open(first.toString(), new Properties())) {
      database.script("schema-1.sql");
      database.script("views-1.sql");
      database.execute("ATTACH '" + today + "' AS today (READ_ONLY)");
      List<String> tables =
          database.query(
              row -> row.getString(1),
              "SELECT table_name FROM duckdb_tables() WHERE database_name = 'first'");
      for (String table : tables) {
        database.execute("INSERT INTO fact.%1$s FROM today.fact.%1$s".formatted(table));
      }
      database.execute("UPDATE fact.setting SET value = '1' WHERE name = 'schema'");
    }
  }

  @BeforeEach
  void copyFirst() throws IOException {
    old = Files.copy(first, folder.resolve("old.db"));
  }

  private static List<Questions.Site> sites(Path store) throws StoreException {
    return new StoreFile(store)
        .read(database -> Questions.ofStore(database, Selection.all(false)).sites(10));
  }

  private static long number(Path store, String sql) throws StoreException {
    return new StoreFile(store).read(database -> database.number(sql));
  }

  private static List<String> columns(Path store) throws StoreException {
    return new StoreFile(store).read(database -> database.query(row -> row.getString(1), COLUMNS));
  }

  /** Schema 2 had no tables for pruned captures. */
  private void makeOldOfToday(String... changes) throws IOException {
    Files.copy(today, old, StandardCopyOption.REPLACE_EXISTING);
    try (Database database = Database.open(old.toString(), new Properties())) {
      for (String table : List.of("", "_traffic", "_ledger", "_rival", "_server", "_guess")) {
        database.execute("DROP TABLE fact.pruned" + table);
      }
      database.execute("DROP TABLE fact.reverse");
      dropNames(database);
      for (String change : changes) {
        database.execute(change);
      }
      database.execute("UPDATE fact.setting SET value = '2' WHERE name = 'schema'");
    }
  }

  /** Schema 3 had no table for reverse lookups. */
  @Test
  void aStoreOfTheThirdVersionAnswersLikeOneOfToday() throws IOException {
    Files.copy(today, old, StandardCopyOption.REPLACE_EXISTING);
    try (Database database = Database.open(old.toString(), new Properties())) {
      database.execute("DROP VIEW answers");
      database.execute("DROP TABLE fact.reverse");
      dropNames(database);
      database.execute("UPDATE fact.setting SET value = '3' WHERE name = 'schema'");
    }
    assertIsLikeToday();
  }

  /**
   * Schema 4 kept no names of the user's own, and had no class for packets that a filter rejected.
   */
  @Test
  void aStoreOfTheFourthVersionAnswersLikeOneOfToday() throws IOException {
    Files.copy(today, old, StandardCopyOption.REPLACE_EXISTING);
    try (Database database = Database.open(old.toString(), new Properties())) {
      dropNames(database);
      database.execute("DELETE FROM fact.unflowed_class WHERE label = 'filtered'");
      database.execute("UPDATE fact.setting SET value = '4' WHERE name = 'schema'");
    }
    assertIsLikeToday();
    new StoreFile(old)
        .change(database -> ShownSites.keep(database, new SiteNaming.Given(true, null)));
    assertEquals("www.example.com", sites(old).get(0).name());
    String classes = "SELECT count(*) FROM fact.unflowed_class WHERE label = 'filtered'";
    assertEquals(1, number(old, classes));
  }

  /** Schema 5 did not know of requests whose host cannot be told. */
  @Test
  void aStoreOfTheFifthVersionAnswersLikeOneOfToday() throws IOException {
    Files.copy(today, old, StandardCopyOption.REPLACE_EXISTING);
    try (Database database = Database.open(old.toString(), new Properties())) {
      database.execute("DROP TABLE fact.untold");
      dropDerived(database);
      database.execute("UPDATE fact.setting SET value = '5' WHERE name = 'schema'");
    }
    assertIsLikeToday();
  }

  /** Schema 6 did not know what was derived of the scope of parts, nor devices of before. */
  @Test
  void aStoreOfTheSixthVersionAnswersLikeOneOfToday() throws IOException {
    Files.copy(today, old, StandardCopyOption.REPLACE_EXISTING);
    try (Database database = Database.open(old.toString(), new Properties())) {
      dropDerived(database);
      database.execute("UPDATE fact.setting SET value = '6' WHERE name = 'schema'");
    }
    assertIsLikeToday();
  }

  private static void dropDerived(Database database) throws StoreException {
    database.execute("DROP TABLE fact.proxied; DROP TABLE fact.former_device");
  }

  /** Nor did any before it. */
  private static void dropNames(Database database) throws StoreException {
    for (String table :
        List.of(
            "group_member",
            "shown_site",
            "shown_part",
            "shown_connection",
            "shown_rival",
            "untold")) {
      database.execute("DROP TABLE fact." + table);
    }
    dropDerived(database);
  }

  private void assertIsLikeToday() throws StoreException {
    assertEquals(sites(today), sites(old));
    assertEquals(columns(today), columns(old));
    String servers = "SELECT count(*) FROM fact.hour_server";
    assertEquals(1, number(today, servers));
    assertEquals(1, number(old, servers));
  }

  @Test
  void aStoreOfTheSecondVersionAnswersLikeOneOfToday() throws IOException {
    makeOldOfToday();
    assertIsLikeToday();
  }

  @Test
  void anEarlyStoreOfTheSecondVersionGetsItsSumsAnew() throws IOException {
    makeOldOfToday(
        "DROP TABLE fact.server_rest",
        "CREATE TABLE fact.hour_rest (capture INTEGER, hour INTEGER, device BIGINT, bytes BIGINT)",
        "INSERT INTO fact.hour_server FROM fact.hour_server");
    assertIsLikeToday();
  }

  @Test
  void aStoreOfTheFirstVersionAnswersLikeOneOfToday() throws StoreException {
    assertEquals(2, sites(today).size());
    assertEquals(sites(today), sites(old));
    assertEquals(columns(today), columns(old));
    assertEquals(
        Schema.VERSION,
        number(old, "SELECT value::BIGINT FROM fact.setting WHERE name = 'schema'"));
    assertEquals(3660, number(old, "SELECT sum(up_bytes + down_bytes)::BIGINT FROM traffic"));
  }

  @Test
  void aMigratedStoreTakesMoreCaptures() throws StoreException {
    try (Facts facts = new Facts().capture("other")) {
      facts.flow(1, LATER, "10.0.0.1", "198.51.100.9", 900).end();
      StoreFile store = new StoreFile(old);
      store.prepare(facts.staging);
      facts.staging.database().execute("UPDATE fact.capture SET fingerprint = repeat('7', 32)");
      store.keep(facts.staging);
      store.correlate(facts.staging);
    }
    assertEquals(2, number(old, "SELECT count(*) FROM captures WHERE status = 'ok'"));
    assertEquals(4560, number(old, "SELECT sum(up_bytes + down_bytes)::BIGINT FROM traffic"));
  }

  @Test
  void aMigrationThatFailsLeavesTheStoreAsItWas() throws IOException {
    try (Database database = Database.open(old.toString(), new Properties())) {
      database.execute("CREATE TABLE fact.server_rest (x INTEGER)");
    }
    byte[] before = Files.readAllBytes(old);
    StoreException failure = assertThrows(StoreException.class, () -> sites(old));
    assertTrue(failure.getMessage().endsWith("; it is unchanged"), failure.getMessage());
    assertEquals(1, failure.getMessage().lines().count());
    assertArrayEquals(before, Files.readAllBytes(old));
    assertNothingIsLeft();
  }

  @Test
  void nothingIsLeftBesideAMigratedStore() throws IOException {
    sites(old);
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("old.db"), files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aStoreOfANewerVersionIsRefusedAndUnchanged() throws IOException {
    try (Database database = Database.open(old.toString(), new Properties())) {
      database.execute("UPDATE fact.setting SET value = '99' WHERE name = 'schema'");
    }
    byte[] before = Files.readAllBytes(old);
    StoreException refusal = assertThrows(StoreException.class, () -> sites(old));
    assertEquals(
        old
            + ": written by a newer imon (schema 99, this one knows "
            + Schema.VERSION
            + "); install the newer imon",
        refusal.getMessage());
    assertArrayEquals(before, Files.readAllBytes(old));
  }
}
