package imon.analysis.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import imon.samples.Tape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a folder are taken, look after look; the clock moves only when a test says so. */
class FollowTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final Duration QUIET = Duration.ofSeconds(60);
  private static final byte[] CAPTURE =
      new Tape().udp("10.0.0.1:50000", "203.0.113.1:4000", new byte[100]).pcap();

  @TempDir Path folder;
  private Instant now = START;
  private final Queue<Runnable> steps = new ArrayDeque<>();
  private final List<String> taken = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private Follow.Recognition recognition = Folders::isCapture;

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  /** After the next look, so many seconds later, this file has these bytes. */
  private void then(int seconds, String name, byte[] bytes) {
    steps.add(
        () -> {
          now = now.plusSeconds(seconds);
          write(name, bytes);
        });
  }

  private void thenNothing(int seconds) {
    steps.add(() -> now = now.plusSeconds(seconds));
  }

  private void write(String name, byte[] bytes) {
    try {
      Path file = Files.write(folder.resolve(name), bytes);
      Files.setLastModifiedTime(file, FileTime.from(now));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Looks before every step and after the last; what was taken, and how many seconds from start.
   */
  private List<String> follow() throws IOException, InterruptedException {
    Follow follow =
        new Follow(List.of(folder), QUIET, clock, said::add, file -> recognition.isCapture(file));
    follow.run(
        () -> {
          Runnable step = steps.poll();
          if (step != null) {
            step.run();
          }
          return step != null;
        },
        captures ->
            captures.forEach(
                file ->
                    taken.add(
                        file.getFileName() + " " + Duration.between(START, now).toSeconds())));
    return taken;
  }

  private static byte[] cut() {
    return Arrays.copyOf(CAPTURE, CAPTURE.length - 1);
  }

  @Test
  void aFileOfARotationIsTakenWhenTheNextIsThere() throws Exception {
    write("eth0-20260302-0800.pcap", CAPTURE);
    thenNothing(10);
    then(10, "eth0-20260302-0801.pcap", CAPTURE);
    thenNothing(10);
    assertEquals(List.of("eth0-20260302-0800.pcap 20"), follow());
  }

  @Test
  void tcpdumpNumbersAllFilesButTheFirst() throws Exception {
    write("dump.pcap", CAPTURE);
    then(10, "dump.pcap1", CAPTURE);
    then(10, "dump.pcap2", CAPTURE);
    thenNothing(10);
    assertEquals(List.of("dump.pcap 10", "dump.pcap1 20"), follow());
  }

  @Test
  void theLastFileIsTakenWhenItIsLeftAlone() throws Exception {
    write("a.pcap", CAPTURE);
    thenNothing(59);
    thenNothing(1);
    thenNothing(100);
    assertEquals(List.of("a.pcap 60"), follow());
  }

  @Test
  void aFileOfAnotherSeriesFinishesNone() throws Exception {
    write("lan.pcap", CAPTURE);
    then(10, "wan.pcap", CAPTURE);
    thenNothing(10);
    assertEquals(List.of(), follow());
  }

  @Test
  void aLastFileThatEndsWithinARecordWaitsForTheRest() throws Exception {
    write("a.pcap", cut());
    thenNothing(500);
    then(1, "a.pcap", CAPTURE);
    thenNothing(60);
    assertEquals(List.of("a.pcap 561"), follow());
  }

  @Test
  void aLastFileThatWasCutForGoodIsTakenAfterALongTime() throws Exception {
    write("a.pcap", cut());
    thenNothing(899);
    thenNothing(1);
    thenNothing(1000);
    assertEquals(List.of("a.pcap 900"), follow());
  }

  @Test
  void whatCannotBeReadIsSaidOnceAndTakenWhenItCan() throws Exception {
    write("a.pcap", CAPTURE);
    thenNothing(60);
    thenNothing(10);
    steps.add(() -> recognition = Folders::isCapture);
    recognition =
        file -> {
          throw new AccessDeniedException(file.toString(), null, "permission denied");
        };
    assertEquals(List.of("a.pcap 70"), follow());
    String file = folder.resolve("a.pcap").toString();
    assertEquals(List.of(file + ": permission denied; it is tried again"), said);
  }

  @Test
  void oneThatGoesOnIsTakenAgain() throws Exception {
    write("a.pcap", CAPTURE);
    thenNothing(60);
    then(
        1,
        "a.pcap",
        new Tape()
            .udp("10.0.0.1:50000", "203.0.113.1:4000", new byte[100])
            .udp("10.0.0.1:50000", "203.0.113.1:4000", new byte[100])
            .pcap());
    thenNothing(30);
    thenNothing(30);
    assertEquals(List.of("a.pcap 60", "a.pcap 121"), follow());
  }

  @Test
  void partsAndOtherFilesArePassedOver() throws Exception {
    write("a.pcap.part", CAPTURE);
    write("notes.txt", new byte[] {'n', 'o', 't', 'e', 's'});
    write("empty.pcap", new byte[0]);
    thenNothing(100);
    thenNothing(100);
    assertEquals(List.of(), follow());
  }

  @Test
  void aFolderThatIsGoneIsSaid() {
    Path gone = folder.resolve("gone");
    Follow follow = new Follow(List.of(gone), QUIET, clock, said::add);
    IOException e = assertThrows(IOException.class, () -> follow.run(() -> false, captures -> {}));
    assertEquals(gone + ": the folder cannot be read; is it still there?", e.getMessage());
  }
}
