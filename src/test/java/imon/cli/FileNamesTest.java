package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the names of files on a command line stand for. */
class FileNamesTest {
  private static final Path CAPTURE = Program.SAMPLES.resolve("udp-gap.pcap");

  @TempDir Path folder;

  @Test
  void aNameThatBeginsWithAnAtSignIsThatOfAFileAndNoListOfOptions() throws IOException {
    String name = "@" + Files.writeString(folder.resolve("options"), "--help");
    List<String> missing = List.of("imon: " + name + ": no such file");
    assertEquals(missing, Program.run("analyze", name).ended(ExitCode.INCOMPLETE).complaints());
    assertEquals(
        missing, Program.run("analyze", "--", name).ended(ExitCode.INCOMPLETE).complaints());
    Program.run("store", "info", "--db", name).ended(ExitCode.FAILED);
  }

  @Test
  void anAtSignIsPartOfAnyOtherValueToo() throws IOException {
    String name = "@" + Files.writeString(folder.resolve("options"), "--help");
    Path store = folder.resolve("imon.db");
    Program.run("analyze", "--db", store, "--source", name, CAPTURE).done();
    assertEquals(
        name, Program.query(store, "SELECT source FROM captures").get(0).get("source").asText());
  }
}
