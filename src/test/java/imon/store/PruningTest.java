package imon.store;

import static imon.store.Facts.LATER;
import static imon.store.Facts.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.Evidence;
import imon.store.ask.Questions;
import imon.store.ask.Selection;
import imon.store.keep.Pruning;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures of several days, of which the first is pruned. */
@LongTest
class PruningTest {
  private static final long DAY = 86_400 * SECOND;
  private static final String CLIENT = "10.0.0.1";
  private static final String SERVER = "203.0.113.1";
  private static final Instant SECOND_DAY = Instant.ofEpochSecond((LATER + DAY) / SECOND);

  @TempDir Path folder;
  private Path pruned;
  private Path whole;

  @BeforeEach
  void keepTwoDays() throws IOException {
    pruned = folder.resolve("pruned.db");
    whole = folder.resolve("whole.db");
    try (Facts facts = new Facts().capture("")) {
      facts.answer(1, LATER, CLIENT, "www.example.com", SERVER);
      facts.flow(2, LATER, CLIENT, SERVER, 900);
      facts.flow(3, LATER, CLIENT, "203.0.113.9", 60);
      facts.evidence(3, Evidence.TLS, "www.example.org", 4);
      keep(facts, pruned, 0);
    }
    keepDay(pruned, 2);
    Files.copy(pruned, whole);
  }

  /** A flow to a server whose name was told on the first day. */
  private static void keepDay(Path store, int day) throws StoreException {
    try (Facts facts = new Facts().capture("")) {
      facts.flow(day, LATER + day * DAY, CLIENT, SERVER, 300L * day);
      keep(facts, store, day);
    }
  }

  private static void keep(Facts facts, Path path, int day) throws StoreException {
    StoreFile store = new StoreFile(path);
    store.prepare(facts.staging);
    facts.end();
    facts
        .staging
        .database()
        .execute(
            "UPDATE fact.capture SET first_time = ?, last_time = ?, fingerprint = repeat(?, 32)",
            LATER + day * DAY,
            LATER + day * DAY + SECOND,
            String.valueOf(day));
    store.keep(facts.staging);
    store.correlate(facts.staging);
  }

  private static List<Questions.Site> sites(Path store) throws StoreException {
    return new StoreFile(store)
        .read(database -> Questions.ofStore(database, Selection.all(false)).sites(10));
  }

  private static List<String> flows(Path store) throws StoreException {
    return new StoreFile(store)
        .read(
            database ->
                database.query(
                    row -> row.getString(1),
                    "SELECT concat_ws(' ', capture_id[1], host, evidence) FROM flows ORDER BY ALL"));
  }

  @Test
  void reportsStayTheSameWhenLaterDaysAreTakenIn() throws StoreException {
    assertEquals(1, new Pruning(SECOND_DAY, false).run(new StoreFile(pruned)).captures());
    assertEquals(sites(whole), sites(pruned));
    for (int day : new int[] {3, 6}) {
      keepDay(pruned, day);
      keepDay(whole, day);
      assertEquals(sites(whole), sites(pruned));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnswerOfAPrunedCaptureNamesLaterFlows(boolean drop) throws StoreException {
    new Pruning(SECOND_DAY, drop).run(new StoreFile(pruned));
    keepDay(pruned, 3);
    assertEquals(
        List.of("2 www.example.com dns-other", "3 www.example.com dns-other"), flows(pruned));
  }

  @Test
  void answersThatCanNameNothingAnyMoreGo() throws StoreException {
    keepDay(pruned, 9);
    Pruning.Outcome outcome =
        new Pruning(Instant.ofEpochSecond((LATER + 8 * DAY) / SECOND), false)
            .run(new StoreFile(pruned));
    assertEquals(2, outcome.captures());
    assertEquals(
        0L,
        new StoreFile(pruned)
            .<Long>read(database -> database.number("SELECT count(*) FROM answers")));
  }

  @Test
  void theSpaceOfFlowsIsGivenBack() throws StoreException {
    Path large = folder.resolve("large.db");
    try (Facts facts = new Facts().capture("")) {
      for (int flow = 1; flow <= 100_000; flow++) {
        facts.flow(flow, LATER + flow, CLIENT, "198.51.100." + flow % 100);
      }
      keep(facts, large, 0);
    }
    Pruning pruning = new Pruning(SECOND_DAY, true);
    long small = pruning.run(new StoreFile(pruned)).bytesAfter();
    Pruning.Outcome outcome = pruning.run(new StoreFile(large));
    assertEquals(large.toFile().length(), outcome.bytesAfter());
    assertTrue(outcome.bytesBefore() > small, outcome::toString);
    assertTrue(outcome.bytesAfter() <= small, outcome + " for " + small);
  }
}
