package imon.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.SpecialFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir Path folder;

  @Test
  void theContentIsThereAndNothingElse() throws IOException {
    Path target = folder.resolve("report.csv");
    new OutputFile(target).write(out -> out.write("caf\u00e9\n"));
    assertEquals("caf\u00e9\n", Files.readString(target));
    assertEquals(List.of(target), files());
  }

  @Test
  void aFailureLeavesTheOldFile() throws IOException {
    Path target = folder.resolve("report.csv");
    Files.writeString(target, "old");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                new OutputFile(target)
                    .write(
                        out -> {
                          out.write("x".repeat(100_000));
                          throw new IOException("disk full");
                        }));
    assertEquals(
        "cannot write " + target + ": disk full; what was there is unchanged", thrown.getMessage());
    assertEquals("old", Files.readString(target));
    assertEquals(List.of(target), files());
  }

  @Test
  void whileWritingTheOldFileIsStillThere() throws IOException {
    Path target = folder.resolve("report.csv");
    Files.writeString(target, "old");
    new OutputFile(target)
        .write(
            out -> {
              out.write("new");
              out.flush();
              assertEquals("old", Files.readString(target));
            });
    assertEquals("new", Files.readString(target));
  }

  @Test
  void aMissingFolderIsFoundByTheCheck() {
    Path target = folder.resolve("none").resolve("report.csv");
    IOException thrown = assertThrows(IOException.class, () -> new OutputFile(target).check());
    assertEquals(
        "cannot write "
            + target
            + ": the folder "
            + target.getParent()
            + " does not exist; create it first",
        thrown.getMessage());
  }

  @Test
  void aFolderInTheFilesPlaceIsFoundByTheCheck() {
    IOException thrown = assertThrows(IOException.class, () -> new OutputFile(folder).check());
    assertEquals(
        "cannot write " + folder + ": it is a folder; give the name of a file",
        thrown.getMessage());
  }

  @Test
  void aFileInTheFoldersPlaceIsFoundByTheCheck() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    IOException thrown =
        assertThrows(IOException.class, () -> new OutputFile(file.resolve("report.csv")).check());
    assertEquals(
        "cannot write "
            + file.resolve("report.csv")
            + ": "
            + file
            + " is not a folder; choose another place",
        thrown.getMessage());
  }

  @Test
  void theCheckCreatesNothing() throws IOException {
    new OutputFile(folder.resolve("report.csv")).check();
    assertEquals(List.of(), files());
  }

  @Test
  void permissionsOfTheOldFilePassOn() throws IOException {
    Path target = Files.writeString(folder.resolve("report.csv"), "old");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
    new OutputFile(target).write(out -> out.write("new"));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
  }

  @Test
  void aSymbolicLinkStaysALink() throws IOException {
    Path place = Files.createDirectory(folder.resolve("place")).resolve("real.csv");
    Files.writeString(place, "old");
    Path link = Files.createSymbolicLink(folder.resolve("report.csv"), place);
    new OutputFile(link).write(out -> out.write("new"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(place));
  }

  @Test
  void theFolderAboveALinkIsThatOfItsTarget() throws IOException {
    Path releases = Files.createDirectories(folder.resolve("releases/5")).getParent();
    Files.createSymbolicLink(folder.resolve("current"), Path.of("releases/5"));
    new OutputFile(folder.resolve("current/../latest.csv")).write(out -> out.write("new"));
    assertEquals("new", Files.readString(releases.resolve("latest.csv")));
    assertFalse(Files.exists(folder.resolve("latest.csv")));
  }

  @Test
  void aLinkToWhatIsNotThereYetIsFollowed() throws IOException {
    Path place = Files.createDirectory(folder.resolve("place")).resolve("new.csv");
    Path first = Files.createSymbolicLink(folder.resolve("a.csv"), Path.of("b.csv"));
    Path second = Files.createSymbolicLink(folder.resolve("b.csv"), Path.of("place", "new.csv"));
    new OutputFile(first).write(out -> out.write("new"));
    assertTrue(Files.isSymbolicLink(first) && Files.isSymbolicLink(second));
    assertEquals("new", Files.readString(place));
  }

  @Test
  void linksInACircleAreSaid() throws IOException {
    Path first = Files.createSymbolicLink(folder.resolve("a.csv"), Path.of("b.csv"));
    Files.createSymbolicLink(folder.resolve("b.csv"), Path.of("a.csv"));
    IOException thrown = assertThrows(IOException.class, () -> new OutputFile(first).check());
    assertEquals(
        "cannot write " + first + ": its links lead nowhere; choose another place",
        thrown.getMessage());
  }

  @Test
  void aDeviceIsWrittenToAndNotReplaced() throws Exception {
    Path device = SpecialFile.nothing(folder.resolve("nothing"));
    new OutputFile(device).write(out -> out.write("gone"));
    assertFalse(Files.isRegularFile(device));
    assertEquals(List.of(device), files());
  }

  @Test
  void aDeviceThatIsFullIsNamed() throws Exception {
    Path device = SpecialFile.full(folder.resolve("full"));
    IOException thrown =
        assertThrows(
            IOException.class, () -> new OutputFile(device).write(out -> out.write("lost")));
    assertEquals(
        "cannot write " + device + ": No space left on device; choose another place",
        thrown.getMessage());
  }

  @Test
  void whatIsMadeBesideItsPlaceReplacesNoDeviceAndNoPipe() throws Exception {
    Path pipe = SpecialFile.pipe(folder.resolve("pipe"));
    IOException thrown =
        assertThrows(IOException.class, () -> new OutputFile(pipe).make(part -> {}));
    assertEquals(
        "cannot write " + pipe + ": it is no regular file; give the name of one",
        thrown.getMessage());
    assertEquals(List.of(pipe), files());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
