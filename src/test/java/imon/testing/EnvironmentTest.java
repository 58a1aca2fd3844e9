package imon.testing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class EnvironmentTest {
  @Test
  void whatIsThereIsNeitherSkippedNorFailed() {
    assertDoesNotThrow(() -> Environment.requireOrSkip(true, "a teapot", false));
    assertDoesNotThrow(() -> Environment.requireOrSkip(true, "a teapot", true));
  }

  @Test
  void whatIsLackingIsSkippedByName() {
    TestAbortedException skip =
        assertThrows(
            TestAbortedException.class, () -> Environment.requireOrSkip(false, "a teapot", false));
    assertTrue(String.valueOf(skip.getMessage()).contains("a teapot"));
  }

  @Test
  void whatIsLackingFailsWhereEverythingIsRequired() {
    AssertionFailedError failure =
        assertThrows(
            AssertionFailedError.class, () -> Environment.requireOrSkip(false, "a teapot", true));
    assertTrue(String.valueOf(failure.getMessage()).contains("a teapot"));
  }

  @Test
  void emptyAndZeroRequireNothing() {
    assertFalse(Environment.everythingIsRequired(""));
    assertFalse(Environment.everythingIsRequired("0"));
    assertTrue(Environment.everythingIsRequired("1"));
  }
}
