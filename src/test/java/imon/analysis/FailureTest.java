package imon.analysis;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.store.StoreException;
import imon.store.StoreQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class FailureTest {
  private final Failure failure = new Failure(Thread.currentThread());

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  /** Fails as only the store can. */
  static void failInStore() throws StoreException {
    StoreQuery.Answer unasked =
        new StoreQuery.Answer() {
          @Override
          public void columns(List<String> names) {}

          @Override
          public void row(List<@Nullable Object> values) {}
        };
    try {
      StoreQuery.run(
          Path.of("there", "is", "no", "such", "store"), "SELECT 1", unasked, Assertions::fail);
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void workThatSucceedsLeavesNothing() {
    failure.guard(() -> {}).run();
    assertDoesNotThrow(failure::rethrow);
    assertFalse(Thread.interrupted());
  }

  @Test
  void aFailureOfTheStoreIsThrownAsItIs() {
    failure.guard(FailureTest::failInStore).run();
    assertThrows(StoreException.class, failure::rethrow);
  }

  @Test
  void anyOtherFailureIsTheCauseOfWhatIsThrown() {
    RuntimeException bug = new IllegalArgumentException("a bug");
    failure.guard(() -> fail(bug)).run();
    IllegalStateException thrown = assertThrows(IllegalStateException.class, failure::rethrow);
    assertSame(bug, thrown.getCause());
  }

  private static void fail(RuntimeException bug) {
    throw bug;
  }

  @Test
  void anErrorIsNotLost() {
    Error error = new StackOverflowError();
    failure
        .guard(
            () -> {
              throw error;
            })
        .run();
    assertSame(error, assertThrows(IllegalStateException.class, failure::rethrow).getCause());
  }

  @Test
  void theReaderIsInterruptedByTheFirstFailure() {
    failure.guard(() -> fail(new IllegalArgumentException("a bug"))).run();
    assertTrue(Thread.interrupted());
  }

  @Test
  void theFirstFailureIsTheOneThrown() {
    RuntimeException first = new IllegalArgumentException("first");
    failure.guard(() -> fail(first)).run();
    failure.guard(() -> fail(new IllegalArgumentException("second"))).run();
    assertSame(first, assertThrows(IllegalStateException.class, failure::rethrow).getCause());
  }

  @Test
  void workThatWasInterruptedHasNotFailed() {
    failure
        .guard(
            () -> {
              throw new InterruptedException();
            })
        .run();
    assertTrue(Thread.interrupted());
    assertDoesNotThrow(failure::rethrow);
  }
}
