package imon.cli.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of files that are not in the store yet, where it cannot always be written. */
class UntakenFilesTest {
  private final List<String> said = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void whatCouldNotBeWrittenIsWrittenWhenTheNextFileIsTaken() throws IOException {
    Path list = folder.resolve("eth0.untaken");
    Files.createDirectories(list.resolve("in the way"));
    UntakenFiles untaken = new UntakenFiles(folder, "eth0", said::add);
    said.clear();
    untaken.add(folder.resolve("a.pcap"));
    assertEquals(1, said.size(), said::toString);
    Files.delete(list.resolve("in the way"));
    Files.delete(list);
    untaken.remove(List.of(folder.resolve("unknown.pcap")));
    assertEquals(List.of("a.pcap"), Files.readAllLines(list));
    untaken.remove(List.of(folder.resolve("a.pcap")));
    assertFalse(Files.exists(list));
    assertEquals(1, said.size(), said::toString);
  }
}
