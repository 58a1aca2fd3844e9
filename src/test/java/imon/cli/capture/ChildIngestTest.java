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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell in the place of imon. */
class ChildIngestTest {
  @TempDir private Path folder;
  private final List<String> said = new CopyOnWriteArrayList<>();

  /** Is run in the folder, by its path in {@code $0}, with names of files in {@code $@}. */
  private ChildIngest ingest(String script) {
    return ingest(List.of("sh", "-c", "cd \"$0\"; " + script, folder.toString()));
  }

  private ChildIngest ingest(List<String> command) {
    UntakenFiles untaken = new UntakenFiles(folder, "eth0", said::add);
    return new ChildIngest(command, untaken, Duration.ofMillis(1), said::add);
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
  void whatItSaysHasTheProgramsNameOnce() throws IOException {
    try (ChildIngest ingest = ingest("echo imon: a: already in the store >&2")) {
      ingest.add(file("a"));
      assertTrue(ingest.finish());
    }
    assertEquals(List.of("ingest: a: already in the store"), said);
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
    try (ChildIngest ingest = ingest(List.of("/no/such"))) {
      ingest.add(file("a"));
      assertFalse(ingest.finish());
    }
    assertTrue(said.get(0).startsWith("the ingest cannot be started: "), said::toString);
  }

  @Test
  void whatCannotBeReadIsNotTriedAgain() throws IOException {
    try (ChildIngest ingest = ingest("echo $1 >> taken; exit 3")) {
      ingest.add(file("a"));
      assertFalse(ingest.finish());
    }
    assertEquals(1, taken().size());
    assertEquals(List.of(), said);
  }

  @Test
  void whatIsDeletedBeforeItIsTakenIsSaid() throws IOException {
    Path there = file("there");
    Path gone = folder.resolve("gone");
    try (ChildIngest ingest = ingest("echo $* >> taken")) {
      ingest.expect(gone);
      ingest.add(gone);
      ingest.add(there);
      assertFalse(ingest.finish());
    }
    assertEquals(List.of(there.toString()), taken());
    assertEquals(List.of(gone + ": was deleted before it was in the store"), said);
    assertTrue(Files.notExists(folder.resolve("eth0.untaken")));
  }

  @Test
  void whatAKilledCaptureDidNotTakeIsTakenByTheNext() throws IOException {
    Path packed = file("packed.pcap");
    Path plain = file("plain.pcap");
    Path later = file("later.pcap");
    try (ChildIngest ingest = ingest("exit 1")) {
      List.of(packed, plain).forEach(ingest::expect);
      ingest.add(plain);
      assertFalse(ingest.finish());
    }
    Path zst = Files.move(packed, folder.resolve("packed.pcap.zst"));
    try (ChildIngest ingest = ingest("for f; do echo $f >> taken; done")) {
      ingest.expect(later);
      ingest.add(later);
      assertTrue(ingest.finish());
    }
    assertEquals(Stream.of(zst, plain, later).map(Path::toString).toList(), taken());
    try (ChildIngest ingest = ingest("echo again >> taken")) {
      assertTrue(ingest.finish());
    }
    assertEquals(3, taken().size());
  }
}
