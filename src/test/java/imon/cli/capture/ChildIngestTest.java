package imon.cli.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell in the place of imon. */
class ChildIngestTest {
  @TempDir private Path folder;
  private final List<String> said = new CopyOnWriteArrayList<>();

  /** Is run in the folder, by its path in {@code $0}, with names of files in {@code $@}. */
  private ChildIngest ingest(String script) {
    List<String> command = List.of("sh", "-c", "cd \"$0\"; " + script, folder.toString());
    return new ChildIngest(command, Duration.ofMillis(1), said::add);
  }

  private Path file(String name) throws IOException {
    return Files.createFile(folder.resolve(name));
  }

  private List<String> taken() throws IOException {
    return Files.readAllLines(folder.resolve("taken"));
  }

  @Test
  void eachFileIsTakenOnceAndInOrder() throws IOException {
    List<Path> files = List.of(file("b"), file("a"), file("c"));
    try (ChildIngest ingest = ingest("for f; do echo $f >> taken; done; echo done >&2")) {
      files.forEach(ingest::add);
      assertTrue(ingest.finish());
    }
    assertEquals(files.stream().map(Path::toString).toList(), taken());
    assertEquals("ingest: done", said.get(0));
  }

  @Test
  void aDeathIsSaidAndTheFileIsGivenAgain() throws IOException {
    Path file = file("a");
    try (ChildIngest ingest = ingest("if mkdir seen 2>&-; then kill -9 $$; fi; echo $1 >> taken")) {
      ingest.add(file);
      assertTrue(ingest.finish());
    }
    assertEquals(List.of(file.toString()), taken());
    assertEquals(List.of("the ingest ended with 137; it is tried again"), said);
  }

  @Test
  void whatIsNeverTakenIsSaidInTheEnd() throws IOException {
    Path file = file("a");
    try (ChildIngest ingest = ingest("exit 1")) {
      ingest.add(file);
      assertFalse(ingest.finish());
    }
    assertTrue(said.contains("the ingest ended with 1; it is tried again"), said::toString);
    assertEquals(
        file + ": is not in the store; imon analyze --db takes it", said.get(said.size() - 1));
  }

  @Test
  void aProgramThatIsNotThereIsSaid() throws IOException {
    try (ChildIngest ingest =
        new ChildIngest(List.of("/no/such"), Duration.ofMillis(1), said::add)) {
      ingest.add(file("a"));
      assertFalse(ingest.finish());
    }
    assertTrue(said.get(0).startsWith("the ingest cannot be started: "), said::toString);
  }

  @Test
  void whatCannotBeReadIsNotTriedAgain() throws IOException {
    try (ChildIngest ingest = ingest("echo $1 >> taken; exit 3")) {
      ingest.add(file("a"));
      assertTrue(ingest.finish());
    }
    assertEquals(1, taken().size());
    assertEquals(List.of(), said);
  }

  @Test
  void aFileThatIsPackedMeanwhileIsTakenPacked() throws IOException {
    Path file = file("a");
    try (ChildIngest ingest =
        ingest("echo $1 >> taken; if test -e a; then mv a a.zst; exit 3; fi")) {
      ingest.add(file);
      assertTrue(ingest.finish());
    }
    assertEquals(List.of(file.toString(), file + ".zst"), taken());
  }
}
