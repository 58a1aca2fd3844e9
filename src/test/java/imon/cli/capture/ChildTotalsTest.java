package imon.cli.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell in the place of imon. */
class ChildTotalsTest {
  private static final int PATIENCE_SECONDS = 30;

  @TempDir private Path folder;
  private final BlockingQueue<List<String>> shown = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private @Nullable ChildTotals totals;

  @AfterEach
  void close() {
    if (totals != null) {
      totals.close();
    }
  }

  private void start(String... command) {
    totals = new ChildTotals(List.of(command), Duration.ofMillis(1), shown::add, said::add);
  }

  /** Is run with the path of the folder in {@code $0}. */
  private void startScript(String script) {
    start("sh", "-c", script, folder.toString());
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertNotNull(next, "nothing comes");
    return next;
  }

  @Test
  void eachBlockIsShownAsAWhole() throws InterruptedException {
    startScript("echo a; echo b; echo; echo c; echo; exec cat");
    assertEquals(List.of("a", "b"), next(shown));
    assertEquals(List.of("c"), next(shown));
  }

  @Test
  void aDeathIsSaidAndTheNextProcessGoesOn() throws InterruptedException {
    startScript("if mkdir \"$0/seen\" 2>&-; then echo oops; exit 9; fi; echo b; echo; exec cat");
    assertEquals("the totals ended with 9 (oops); they are tried again", next(said));
    assertEquals(List.of("b"), next(shown));
  }

  @Test
  void aDeathThatComesAgainAndAgainIsSaidOnce() throws InterruptedException {
    startScript(
        "echo >> \"$0/n\"; if test $(wc -l < \"$0/n\") -gt 3; then echo; exec cat; fi; exit 9");
    next(shown);
    assertEquals(List.of("the totals ended with 9; they are tried again"), List.copyOf(said));
  }

  @Test
  void aProgramThatIsNotThereIsSaid() throws InterruptedException {
    start("/no/such");
    assertTrue(next(said).startsWith("the totals cannot be started: "));
  }

  @Test
  void aProcessThatHangsIsEndedAtOnce() throws InterruptedException {
    startScript("trap '' TERM INT; echo $$; echo; exec sleep 1000");
    long pid = Long.parseLong(next(shown).get(0));
    close();
    ProcessHandle.of(pid)
        .ifPresent(child -> child.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    assertEquals(0, said.size(), "an end that was asked for is none to be said");
  }
}
