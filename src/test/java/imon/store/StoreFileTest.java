package imon.store;

import static imon.store.Facts.LATER;
import static imon.store.Facts.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.Evidence;
import imon.store.ask.Questions;
import imon.store.ask.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileTest {
  private static final String CLIENT = "10.0.0.1";
  private static final String SERVER = "203.0.113.1";
  private static final String FLOWS =
      "SELECT concat_ws(' ', flow_id, client_ip, server_ip, host, evidence, up_bytes + down_bytes)"
          + " FROM flows ORDER BY flow_id";

  @TempDir Path folder;
  private Path path;
  private StoreFile store;
  @AutoClose private static final Facts facts = Facts.open();

  @BeforeEach
  void begin() throws StoreException {
    path = folder.resolve("it's a store.db");
    store = new StoreFile(path);
    facts.anew();
  }

  private boolean keep() throws StoreException {
    facts.end();
    return keep(facts);
  }

  /** Keeps what is staged and names it; whether all of it was new. */
  private boolean keep(Facts staged) throws StoreException {
    List<String> known = store.keep(staged.staging);
    store.correlate(staged.staging);
    return known.isEmpty();
  }

  /** First column of a question asked of the file, after it was closed. */
  private List<String> inFile(String sql) throws IOException {
    List<String> rows = new ArrayList<>();
    StoreQuery.run(
        path,
        sql,
        new StoreQuery.Answer() {
          @Override
          public void columns(List<String> names) {}

          @Override
          public void row(List<@Nullable Object> values) {
            rows.add(String.valueOf(values.get(0)));
          }
        },
        Assertions::fail);
    return rows;
  }

  private void inDuckDb(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + path);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void aNewStoreIsEmptyAndItsOwnersOnly() throws IOException {
    store.prepare(facts.staging);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    assertEquals(List.of("0"), inFile("SELECT count(*) FROM captures"));
  }

  @Test
  void aKeptCaptureIsInTheFileWithItsNamesAndNoLongerInStaging() throws IOException {
    facts.answer(1, LATER, CLIENT, "www.example.com", SERVER).flow(2, LATER, CLIENT, SERVER);
    facts.flow(3, LATER, "2001:db8::1", "2001:db8::2");
    assertTrue(keep());
    String id = facts.fingerprint().substring(0, 16);
    assertEquals(
        List.of(
            id + "-2 10.0.0.1 203.0.113.1 www.example.com dns 300",
            id + "-3 2001:db8::1 2001:db8::2 none 300"),
        inFile(FLOWS));
    assertEquals(List.of("0"), facts.ask("SELECT count(*) FROM fact.flow"));
  }

  /** As a process that is killed between the two leaves it. */
  @Test
  void aQueryNamesWhatWasKeptWithoutNames() throws IOException {
    facts.answer(1, LATER, CLIENT, "www.example.com", SERVER).flow(2, LATER, CLIENT, SERVER).end();
    store.prepare(facts.staging);
    store.keep(facts.staging);
    assertEquals(
        List.of("www.example.com dns ok"),
        inFile(
            "SELECT concat_ws(' ', host, evidence, status) FROM flows JOIN captures USING (capture_id)"));
  }

  @Test
  void theSameFingerprintIsKeptOnce() throws IOException {
    facts.flow(1, LATER, CLIENT, SERVER);
    assertTrue(keep());
    try (Facts again = new Facts()) {
      again.capture("").flow(1, LATER, CLIENT, SERVER).end();
      assertFalse(keep(again));
      assertEquals(List.of("0"), again.ask("SELECT count(*) FROM fact.flow"));
    }
    assertEquals(List.of("1"), inFile("SELECT count(*) FROM flows"));
  }

  @Test
  void theOrderOfCapturesChangesNoName() throws IOException {
    List<String> inOrder = keptInOrder(true);
    Files.delete(path);
    facts.anew();
    assertEquals(inOrder, keptInOrder(false));
    assertTrue(inOrder.get(0).contains("a.example.com dns"), inOrder::toString);
  }

  /** One capture has the answers, one the flow. */
  private List<String> keptInOrder(boolean answersFirst) throws IOException {
    if (!answersFirst) {
      keepFlows();
    }
    facts.capture("").answer(1, LATER, CLIENT, "b.example.com", SERVER);
    facts.answer(2, LATER + SECOND, CLIENT, "a.example.com", SERVER);
    keep();
    if (answersFirst) {
      keepFlows();
    }
    return inFile(FLOWS.replace("flow_id,", "split_part(flow_id, '-', 2),"));
  }

  private void keepFlows() throws StoreException {
    facts.capture("").flow(7, LATER + 2 * SECOND, CLIENT, SERVER).flow(8, LATER, SERVER, CLIENT);
    keep();
  }

  @Test
  void idsOfLaterRunsMeanTheSameNamesAndAddresses() throws IOException {
    facts.flow(1, LATER, "fd00::1", "2001:db8::1").evidence(1, Evidence.TLS, "a.example.com", 1);
    keep();
    try (Facts later = new Facts()) {
      later.capture("").capture("").flow(1, LATER, "fd00::2", "2001:db8::1");
      later.evidence(1, Evidence.TLS, "b.example.com", 1).flow(2, LATER, "fd00::1", SERVER);
      later.evidence(2, Evidence.TLS, "a.example.com", 2).end();
      assertTrue(keep(later));
    }
    assertEquals(
        List.of(
            "fd00::1 203.0.113.1 a.example.com",
            "fd00::1 2001:db8::1 a.example.com",
            "fd00::2 2001:db8::1 b.example.com"),
        inFile(
            "SELECT concat_ws(' ', client_ip, server_ip, host) FROM flows ORDER BY server_ip DESC,"
                + " host"));
  }

  @Test
  void aCaptureThatIsStillBeingLoadedStaysInStaging() throws IOException {
    int open = facts.flow(1, LATER, CLIENT, SERVER).loaded().number();
    facts.capture("").flow(2, LATER, CLIENT, SERVER);
    assertTrue(keep());
    assertEquals(List.of("2"), inFile("SELECT packet FROM fact.flow"));
    assertEquals(List.of(String.valueOf(open)), facts.ask("SELECT capture FROM fact.flow"));
    facts.resume(open).flow(3, LATER, CLIENT, SERVER);
    assertTrue(keep());
    assertEquals(List.of("1", "2", "3"), inFile("SELECT packet FROM fact.flow ORDER BY packet"));
    assertEquals(List.of("2"), inFile("SELECT count(*) FROM captures"));
    assertEquals(List.of("0"), facts.ask("SELECT count(*) FROM fact.flow"));
  }

  @Test
  void aFailureWithinTheTransactionKeepsNothing() throws IOException {
    facts.flow(1, LATER, CLIENT, SERVER).evidence(1, Evidence.TLS, "a.example.com", 1);
    store.prepare(facts.staging);
    facts.end();
    Database staging = facts.staging.database();
    staging.execute("ALTER TABLE fact.anomaly ALTER COLUMN kind DROP NOT NULL");
    staging.execute("INSERT INTO fact.anomaly VALUES (?, NULL, 1, 1)", facts.number());
    assertThrows(StoreException.class, () -> store.keep(facts.staging));
    assertEquals(List.of("0"), inFile("SELECT count(*) FROM captures"));
    assertEquals(List.of("0"), inFile("SELECT count(*) FROM fact.flow"));
    assertEquals(List.of("0"), inFile("SELECT count(*) FROM fact.host"));
    staging.execute("DELETE FROM fact.anomaly");
    staging.execute("ALTER TABLE fact.anomaly ALTER COLUMN kind SET NOT NULL");
    assertTrue(keep(facts));
    assertEquals(List.of("1"), inFile("SELECT count(*) FROM flows"));
  }

  /** Of all captures, by the sums of the store. */
  private long connections() throws StoreException {
    return store.ask(
        facts.staging, db -> Questions.ofStore(db, Selection.all(false)).connectionCount());
  }

  private long connections(List<String> fingerprints) throws StoreException {
    Selection selection = Selection.all(false).of(fingerprints);
    return store.ask(facts.staging, db -> Questions.ofCaptures(db, selection).connectionCount());
  }

  @Test
  void theSameEndsInCapturesOfTheSameTimeAreOneConnectionThoughItHasNoName() throws IOException {
    facts.flow(1, LATER, CLIENT, SERVER);
    keep();
    facts.capture("").flow(1, LATER, CLIENT, SERVER);
    keep();
    List<String> second = List.of(facts.fingerprint());
    assertEquals(1, connections(second));
    assertEquals(1, connections());
  }

  @Test
  void aQuestionIsAboutTheCapturesNamedOrAll() throws IOException {
    facts.flow(1, LATER, CLIENT, SERVER);
    keep();
    facts.capture("").flow(2, LATER, CLIENT, SERVER).flow(3, LATER, "10.0.0.2", SERVER);
    keep();
    List<String> second = List.of(facts.fingerprint());
    assertEquals(2, connections(second));
    assertEquals(3, connections());
  }

  @Test
  void aNewerStoreIsRefused() throws IOException, SQLException {
    store.prepare(facts.staging);
    inDuckDb("UPDATE fact.setting SET value = '999' WHERE name = 'schema'");
    StoreException thrown = assertThrows(StoreException.class, () -> store.prepare(facts.staging));
    assertEquals(
        path
            + ": written by a newer imon (schema 999, this one knows "
            + Schema.VERSION
            + "); install the newer imon",
        thrown.getMessage());
  }

  @Test
  void anotherProgramsDatabaseIsRefusedAndLeftAlone() throws SQLException {
    inDuckDb("CREATE TABLE mine (x INTEGER)", "INSERT INTO mine VALUES (1)");
    StoreException thrown = assertThrows(StoreException.class, () -> store.prepare(facts.staging));
    assertEquals(
        path + ": a DuckDB database, but not an imon store; name another file by --db",
        thrown.getMessage());
    inDuckDb("INSERT INTO mine VALUES (2)");
  }

  @Test
  void aFileOfAnotherKindIsRefusedAndLeftAlone() throws IOException {
    Files.writeString(path, "all my notes ".repeat(1000));
    StoreException thrown = assertThrows(StoreException.class, () -> store.prepare(facts.staging));
    assertEquals(
        path + ": not an imon store (no DuckDB database); name another file by --db",
        thrown.getMessage());
    assertTrue(Files.readString(path).startsWith("all my notes"));
  }

  @Test
  void aMissingFolderIsSaid() {
    Path missing = folder.resolve("none");
    StoreException thrown =
        assertThrows(
            StoreException.class,
            () -> new StoreFile(missing.resolve("x.db")).prepare(facts.staging));
    assertEquals(
        missing.resolve("x.db") + ": there is no folder " + missing + "; make it first",
        thrown.getMessage());
  }

  @Test
  void afterARefusalStagingStillWorks() throws IOException {
    Files.writeString(path, "notes");
    assertThrows(StoreException.class, () -> store.prepare(facts.staging));
    facts.flow(1, LATER, CLIENT, SERVER).end();
    assertEquals(1, facts.questions(false).connectionCount());
  }
}
