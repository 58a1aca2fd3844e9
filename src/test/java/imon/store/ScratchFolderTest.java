package imon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.store.disk.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
  private static final String PARENT = "java.io.tmpdir";

  /** Above the highest process id Linux can give. */
  private static final String NOBODY = "imon-scratch-4194305-";

  @TempDir Path parent;
  private final String before = System.getProperty(PARENT);

  @BeforeEach
  void moveTo() {
    System.setProperty(PARENT, parent.toString());
  }

  @AfterEach
  void moveBack() {
    System.setProperty(PARENT, before);
  }

  @Test
  void onlyTheOwnerMayEnter() throws IOException {
    try (ScratchFolder scratch = ScratchFolder.make()) {
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(scratch.path())));
      assertEquals(parent, scratch.path().getParent());
    }
  }

  @Test
  void closingRemovesTheFolderAndAllInIt() throws IOException {
    ScratchFolder scratch = ScratchFolder.make();
    Files.writeString(Files.createDirectory(scratch.path().resolve("deep")).resolve("file"), "x");
    scratch.close();
    assertFalse(Files.exists(scratch.path()));
    assertTrue(Files.exists(parent));
  }

  @Test
  void twoAtOnceAreApartAndLeaveEachOtherAlone() throws IOException {
    try (ScratchFolder first = ScratchFolder.make();
        ScratchFolder second = ScratchFolder.make()) {
      assertNotEquals(first.path(), second.path());
      assertTrue(Files.exists(first.path()));
    }
  }

  @Test
  void whatADeadProcessLeftIsSwept() throws IOException {
    Path left = Files.createDirectory(parent.resolve(NOBODY + "1"));
    Files.writeString(Files.createDirectory(left.resolve("deep")).resolve("file"), "x");
    ScratchFolder.make().close();
    assertFalse(Files.exists(left));
  }

  @Test
  void whatIsNotADeadProcessesStays() throws IOException {
    Path strange = Files.createDirectory(parent.resolve("imon-scratch-mine-1"));
    Path living =
        Files.createDirectory(
            parent.resolve("imon-scratch-" + ProcessHandle.current().pid() + "-1"));
    Path other = Files.createDirectory(parent.resolve("scratch-4194305-1"));
    ScratchFolder.make().close();
    assertTrue(Files.exists(strange));
    assertTrue(Files.exists(living));
    assertTrue(Files.exists(other));
  }

  @Test
  void sweepingFollowsNoLinkOutOfTheFolder() throws IOException {
    Path kept = Files.writeString(Files.createDirectory(parent.resolve("kept")).resolve("f"), "x");
    Path left = Files.createDirectory(parent.resolve(NOBODY + "1"));
    Files.createSymbolicLink(left.resolve("link"), kept.getParent());
    ScratchFolder.make().close();
    assertFalse(Files.exists(left));
    assertTrue(Files.exists(kept));
  }

  @Test
  void aMissingParentIsSaidWithWhatToDo() {
    Path missing = parent.resolve("none");
    System.setProperty(PARENT, missing.toString());
    IOException thrown = assertThrows(IOException.class, ScratchFolder::make);
    assertEquals(
        "cannot make a temporary folder in " + missing + ": free some space there, or set TMPDIR",
        thrown.getMessage());
  }

  @Test
  void stagingLeavesNothingBehind() throws IOException {
    Staging.open().close();
    try (var files = Files.list(parent)) {
      assertEquals(0, files.filter(f -> f.toString().contains("imon-scratch")).count());
    }
  }
}
