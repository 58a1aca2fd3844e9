package imon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.LongTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that another process has open. */
@LongTest
class StoreLockTest {
  private static final StoreQuery.Answer UNASKED =
      new StoreQuery.Answer() {
        @Override
        public void columns(List<String> names) {
          throw new AssertionError("the store was open");
        }

        @Override
        public void row(List<@Nullable Object> values) {}
      };

  @TempDir Path folder;
  private Path path;
  private Process holder;

  @BeforeEach
  void holdTheStore() throws IOException {
    path = folder.resolve("held.db");
    try (Staging staging = Staging.open()) {
      new StoreFile(path).prepare(staging);
    }
    holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                StoreHolder.class.getName(),
                path.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said =
        new BufferedReader(
            new InputStreamReader(holder.getInputStream(), StandardCharsets.US_ASCII));
    assertEquals("open", said.readLine());
  }

  @AfterEach
  void letGo() throws IOException, InterruptedException {
    holder.getOutputStream().close();
    assertTrue(holder.waitFor(10, TimeUnit.SECONDS));
  }

  @Test
  void theMessageSaysWhichProcessHasItAndWaitingForItsEndHelps() throws IOException {
    StoreException refused =
        assertThrows(
            StoreException.class,
            () -> StoreQuery.run(path, "SELECT 1", UNASKED, Assertions::fail));
    assertEquals(
        path + ": process " + holder.pid() + " has it open; try again when it is done",
        refused.getMessage());
    holder.getOutputStream().close();
    try (Staging staging = Staging.open()) {
      new StoreFile(path).prepare(staging);
    }
  }
}
