package imon.cli.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell in the place of imon. */
class ChildTotalsTest {
  private static final int PATIENCE_SECONDS = 30;

  @TempDir private Path folder;
  private final BlockingQueue<List<String>> shown = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private ChildTotals totals(String script) {
    return new ChildTotals(
        List.of("sh", "-c", script, folder.toString()),
        Duration.ofMillis(1),
        shown::add,
        said::add);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertNotNull(next, "nothing comes");
    return next;
  }

  @Test
  void eachBlockIsShownAsAWhole() throws InterruptedException {
    try (ChildTotals totals = totals("echo a; echo b; echo; echo c; echo; exec cat")) {
      assertEquals(List.of("a", "b"), next(shown));
      assertEquals(List.of("c"), next(shown));
    }
  }

  @Test
  void aDeathIsSaidAndTheNextProcessGoesOn() throws InterruptedException {
    try (ChildTotals totals =
        totals("if mkdir \"$0/seen\" 2>&-; then echo oops; exit 9; fi; echo b; echo; exec cat")) {
      assertEquals("the totals ended with 9 (oops); they are tried again", next(said));
      assertEquals(List.of("b"), next(shown));
    }
  }

  @Test
  void aProgramThatIsNotThereIsSaid() throws InterruptedException {
    try (ChildTotals totals =
        new ChildTotals(List.of("/no/such"), Duration.ofMillis(1), shown::add, said::add)) {
      assertFalse(next(said).isEmpty());
    }
  }

  @Test
  void aProcessThatHangsIsEndedAtOnce() throws Exception {
    long pid;
    try (ChildTotals totals =
        totals("trap '' TERM INT; echo $$; echo; while :; do sleep 1000; done")) {
      pid = Long.parseLong(next(shown).get(0));
    }
    ProcessHandle.of(pid)
        .ifPresent(child -> child.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    assertEquals(0, said.size(), "an end that was asked for is none to be said");
  }
}
