package imon.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFilesTest {
  @TempDir Path folder;

  @Test
  void capturesAreOrderedByFirstPacketThenName() throws IOException {
    capture("b.pcap", 7);
    capture("a.pcap", 7);
    capture("z.pcap", 3);
    Files.write(folder.resolve("empty.pcap"), PcapReadingTest.pcap().build());
    CaptureFiles files = find("-", at("b.pcap"), at("empty.pcap"), at("z.pcap"), at("a.pcap"), "-");
    assertEquals(
        List.of(at("z.pcap"), at("a.pcap"), at("b.pcap"), at("empty.pcap"), "standard input"),
        names(files));
    assertEquals(OptionalLong.of(3_000_000_000L), files.inputs().get(0).firstPacket());
    assertEquals(List.of(), files.problems());
  }

  @Test
  void foldersAreSearchedAndOtherFilesCounted() throws IOException {
    Files.createDirectories(folder.resolve("deep/er"));
    capture("deep/er/x", 1);
    capture("y.pcap", 2);
    capture("z.pcap.part", 3);
    Files.writeString(folder.resolve("notes.txt"), "Hello");
    Files.createFile(folder.resolve("deep/nothing.pcap"));
    Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(PcapReadingTest.pcap().build(), 9));
    CaptureFiles files = find(folder.toString());
    assertEquals(List.of(at("deep/er/x"), at("y.pcap")), names(files));
    assertEquals(4, files.skipped());
    assertEquals(List.of(), files.problems());
  }

  @Test
  void whatIsNamedAndCannotBeReadIsAProblem() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "Hello");
    Files.createDirectory(folder.resolve("empty"));
    CaptureFiles files =
        find(at("notes.txt"), at("none.pcap"), at("empty"), at("*.cap"), "\0", at("none.pcap"));
    assertEquals(
        List.of(
            at("notes.txt")
                + ": not a capture (no pcap or pcapng magic; first bytes 48 65 6c 6c 6f);"
                + " imon reads pcap and pcapng, also packed by gzip, zstd, xz, lz4 or bzip2",
            at("none.pcap") + ": no such file",
            at("empty") + ": no captures in this folder (0 other files)",
            at("*.cap") + ": no file matches",
            "?: not a file name"),
        files.problems());
    assertEquals(List.of(), files.inputs());
    assertEquals(0, files.skipped());
  }

  @Test
  void patternsTheShellLeftAreExpanded() throws IOException {
    Files.createDirectories(folder.resolve("one"));
    Files.createDirectories(folder.resolve("two"));
    capture("one/a1.pcap", 1);
    capture("two/a2.pcap", 2);
    capture("two/b{3}.pcap", 3);
    capture("two/.hidden.pcap", 4);
    assertEquals(List.of(at("one/a1.pcap"), at("two/a2.pcap")), names(find(at("*/a?.pcap"))));
    assertEquals(
        List.of(at("two/a2.pcap"), at("two/b{3}.pcap")), names(find(at("two/[ab]*.pcap"))));
    assertEquals(List.of(at("two/b{3}.pcap")), names(find(at("two/b{?}.pcap"))));
    assertEquals(List.of(at("two/b{3}.pcap")), names(find(at("two/[!a]*"))));
    assertEquals(1, find(at("two/[")).problems().size());
  }

  @Test
  void aFileOfThatVeryNameIsNoPattern() throws IOException {
    capture("a*.pcap", 1);
    capture("ab.pcap", 2);
    assertEquals(List.of(at("a*.pcap")), names(find(at("a*.pcap"))));
  }

  @Test
  void theOperandOfAFileFindsItAlsoIfItsNameIsNoText() throws Exception {
    capture("plain.pcap", 1);
    capture("odd.pcap", 2);
    String move = "mkdir 'a[b]*\\' && mv odd.pcap \"$(printf 'a[b]*\\\\/\\377\\303?.pcap')\"";
    assertEquals(
        0, new ProcessBuilder("sh", "-c", move).directory(folder.toFile()).start().waitFor());
    List<Path> listed =
        find(folder.toString()).inputs().stream().map(CaptureFiles.Input::path).toList();
    assertEquals(at("plain.pcap"), CaptureFiles.operand(listed.get(0)));
    for (Path path : listed) {
      CaptureFiles found = find(CaptureFiles.operand(path));
      assertEquals(List.of(path), found.inputs().stream().map(CaptureFiles.Input::path).toList());
      assertEquals(List.of(), found.problems());
    }
    assertEquals(2, listed.size());
  }

  @Test
  void aFileNamedTwiceIsTakenOnce() throws IOException {
    Path file = capture("a.pcap", 1);
    Files.createSymbolicLink(folder.resolve("link.pcap"), file);
    assertEquals(
        List.of(at("link.pcap")),
        names(find(at("link.pcap"), at("a.pcap"), folder.toString(), at("./a.pcap"))));
  }

  @Test
  void linksToFoldersAreFollowedOnlyWhenNamed() throws IOException {
    Files.createDirectory(folder.resolve("in"));
    Path elsewhere = Files.createDirectory(folder.resolve("out"));
    capture("out/a.pcap", 1);
    Files.createSymbolicLink(folder.resolve("in/loop"), folder.resolve("in"));
    Path link = Files.createSymbolicLink(folder.resolve("in/out"), elsewhere);
    assertEquals(List.of(), find(at("in")).inputs());
    assertEquals(List.of(link.resolve("a.pcap").toString()), names(find(link.toString())));
  }

  @Test
  void anUnreadableFolderIsAProblem() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    capture("a.pcap", 1);
    Assumptions.assumeTrue(locked.toFile().setReadable(false) && !Files.isReadable(locked));
    CaptureFiles files = find(folder.toString());
    locked.toFile().setReadable(true);
    assertEquals(List.of(at("a.pcap")), names(files));
    assertEquals(
        List.of(locked + ": folder cannot be read; check its permissions"), files.problems());
  }

  @Test
  void inputsOpenAsWhatTheyAre() throws IOException {
    CaptureFiles files = find("-", capture("a.pcap", 1).toString());
    InputStream standardInput = new ByteArrayInputStream(PcapReadingTest.records(3).build());
    long packets = 0;
    for (CaptureFiles.Input input : files.inputs()) {
      Block block = new Block();
      try (CaptureReader reader = input.open(standardInput)) {
        assertTrue(reader.read(block));
        packets = packets * 10 + block.count();
      }
    }
    assertEquals(13, packets);
  }

  private Path capture(String name, int second) throws IOException {
    CaptureBuilder file = PcapReadingTest.pcap().record(second, 0, 1, "a");
    return Files.write(folder.resolve(name), file.build());
  }

  private String at(String name) {
    return folder + "/" + name;
  }

  private static CaptureFiles find(String... operands) {
    return CaptureFiles.find(List.of(operands));
  }

  private static List<String> names(CaptureFiles files) {
    return files.inputs().stream().map(CaptureFiles.Input::name).toList();
  }
}
