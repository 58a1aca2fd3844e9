package imon.aside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AsideTest {
  @Test
  void itsResultIsThereAsOftenAsItIsAskedFor() {
    Aside<String, RuntimeException> aside =
        Aside.begin("test", () -> Thread.currentThread().getName());
    assertEquals("test", aside.result());
    assertEquals("test", aside.result());
  }

  @Test
  void whatItFailedWithIsThrownAsItIs() {
    IOException failure = new IOException("no space");
    Aside<String, IOException> aside =
        Aside.begin(
            "test",
            () -> {
              throw failure;
            });
    assertSame(failure, assertThrows(IOException.class, aside::result));
  }

  @Test
  void anErrorIsThrownAsItIs() {
    OutOfMemoryError error = new OutOfMemoryError("a flow too many");
    Aside<String, IOException> aside =
        Aside.begin(
            "test",
            () -> {
              throw error;
            });
    assertSame(error, assertThrows(OutOfMemoryError.class, aside::result));
  }

  @Test
  void anInterruptIsStillThereAfterWaiting() {
    Thread.currentThread().interrupt();
    assertEquals(1, Aside.<Integer, RuntimeException>begin("test", () -> 1).result());
    assertTrue(Thread.interrupted());
  }

  @Test
  void ofStepsTheFirstInTheirOrderTellsAndAllHaveEnded() {
    CountDownLatch laterHasFailed = new CountDownLatch(1);
    AtomicBoolean lastHasRun = new AtomicBoolean();
    List<Aside.Step<IOException>> steps =
        List.of(
            () -> {
              await(laterHasFailed);
              throw new IOException("first");
            },
            () -> {
              laterHasFailed.countDown();
              throw new IOException("second");
            },
            () -> lastHasRun.set(true));
    IOException failure = assertThrows(IOException.class, () -> Aside.together("test", steps));
    assertEquals("first", failure.getMessage());
    assertTrue(lastHasRun.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
