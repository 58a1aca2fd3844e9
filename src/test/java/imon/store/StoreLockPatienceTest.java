package imon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long an opener waits for another, and what it says meanwhile. */
class StoreLockPatienceTest {
  private static final Path FILE = Path.of("nights.db");
  private static final String HELD =
      "database: Could not set lock on file: held in java (PID 4711)";

  private final List<String> said = new ArrayList<>();
  private int pauses;

  /** Opens what {@code failures} attempts before have found held. */
  private String open(int attempts, int failures) throws StoreException {
    StoreLock lock = new StoreLock(attempts, said::add, () -> pauses++);
    return lock.await(
        FILE,
        () -> {
          if (pauses < failures) {
            throw new StoreException(HELD, null);
          }
          return "open";
        });
  }

  @Test
  void anIngestSaysOnceForWhomItWaitsAndGoesOn() throws StoreException {
    assertEquals("open", open(1000, 500));
    assertEquals(500, pauses);
    assertEquals(
        List.of("nights.db: waits for process 4711, which has it open; at most 200 s"), said);
  }

  @Test
  void aShortWaitIsNotWorthAWord() throws StoreException {
    assertEquals("open", open(1000, 3));
    assertEquals(List.of(), said);
  }

  @Test
  void whoHoldsItIsSaidWhenPatienceEnds() {
    StoreException end = assertThrows(StoreException.class, () -> open(50, 50));
    assertEquals(
        "nights.db: process 4711 has it open; try again when it is done", end.getMessage());
    assertEquals(49, pauses);
  }

  @Test
  void anotherFaultIsNotWaitedFor() {
    StoreLock lock = new StoreLock(50, said::add, () -> pauses++);
    StoreException end =
        assertThrows(
            StoreException.class,
            () ->
                lock.await(
                    FILE,
                    () -> {
                      throw new StoreException("database: Is a directory", null);
                    }));
    assertEquals("nights.db: is a folder; name a file by --db", end.getMessage());
    assertEquals(0, pauses);
  }
}
