package imon.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.option.FactOptions;
import imon.flow.row.RowType;
import imon.flow.row.Rows;
import imon.pcap.CaptureFiles;
import imon.pcap.CaptureReader;
import imon.store.StoreException;
import imon.testing.Packer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lanes that stand still are found by the time limit. */
@Timeout(60)
class LanesTest {
  private static final int CAPTURES = 40;
  private static final int FLOWS = 100;

  /** A capture that is worth several workers. */
  private static final int LARGE = 7;

  private static final int LARGE_PACKETS_EACH = 200;

  @TempDir Path folder;
  private final List<Job> jobs = new ArrayList<>();

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  /** Counts what is delivered, and by which captures. */
  private static class Counting implements Lanes.Taker {
    final long[] packets = new long[CAPTURES + 1];
    final List<Delivery> endings = new ArrayList<>();

    @Override
    public void rows(int capture, Rows rows) throws StoreException {
      if (rows.type() == RowType.FLOW) {
        packets[capture] += Captures.packets(rows);
      }
    }

    @Override
    public void ended(Delivery ending) throws StoreException {
      if (ending instanceof Delivery.Decoded decoded) {
        assertEquals(decoded.summary().packets(), packets[decoded.job().capture()]);
      }
      endings.add(ending);
    }
  }

  private void add(byte[] capture) throws IOException {
    Path file = Files.write(folder.resolve("capture-" + jobs.size()), capture);
    CaptureFiles.Input input = new CaptureFiles.Input(file, file.toString(), OptionalLong.empty());
    jobs.add(new Job(jobs.size(), jobs.size() + 1, input, capture.length));
  }

  /** Small captures, and a large one among them. */
  private void addAll() throws IOException {
    for (int i = 0; i < CAPTURES; i++) {
      byte[] capture = Captures.of(FLOWS, i == LARGE ? LARGE_PACKETS_EACH : 1 + i % 3);
      add(i % 5 == 0 ? Packer.GZIP.pack(capture) : capture);
    }
  }

  private Lanes lanes(int workers, Progress progress) {
    return new Lanes(
        workers, jobs, InputStream.nullInputStream(), progress, FactOptions.DEFAULT, null);
  }

  private static void assertNoThreadIsLeft() throws InterruptedException {
    assertFalse(Thread.interrupted());
    assertTrue(Captures.allEnd("imon-lane"));
    assertTrue(Captures.allEnd("imon-decoder"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void allRowsComeAndCapturesEndInTheirOrder(int workers) throws Exception {
    addAll();
    Counting counted = new Counting();
    lanes(workers, Progress.SILENT).run(counted);
    assertEquals(
        IntStream.range(0, CAPTURES).boxed().toList(),
        counted.endings.stream().map(ending -> ending.job().place()).toList());
    assertEquals(FLOWS * LARGE_PACKETS_EACH, counted.packets[LARGE + 1]);
    assertNoThreadIsLeft();
  }

  @Test
  void nothingToReadIsDoneAtOnce() throws Exception {
    Counting counted = new Counting();
    new Lanes(
            2, List.of(), InputStream.nullInputStream(), Progress.SILENT, FactOptions.DEFAULT, null)
        .run(counted);
    assertEquals(List.of(), counted.endings);
  }

  @Test
  void whatCannotBeReadEndsInItsPlace() throws Exception {
    add(Captures.of(FLOWS, 1));
    add(new byte[] {1, 2, 3, 4, 5});
    add(Captures.of(FLOWS, 1));
    Counting counted = new Counting();
    lanes(3, Progress.SILENT).run(counted);
    assertInstanceOf(Delivery.Decoded.class, counted.endings.get(0));
    Delivery.Unreadable unreadable =
        assertInstanceOf(Delivery.Unreadable.class, counted.endings.get(1));
    assertTrue(unreadable.message().contains("not a capture"), unreadable.message());
    assertInstanceOf(Delivery.Decoded.class, counted.endings.get(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aFaultOfOursLeavesOutOneCapture(int workers) throws Exception {
    addAll();
    Counting counted = new Counting();
    Progress faulty =
        new Progress() {
          @Override
          public void begins(CaptureFiles.Input input, CaptureReader reader) {
            if (input.name().endsWith("-" + (LARGE + 1))) {
              throw new IllegalStateException("made up");
            }
          }
        };
    lanes(workers, faulty).run(counted);
    assertEquals(CAPTURES, counted.endings.size());
    for (int i = 0; i < CAPTURES; i++) {
      assertEquals(i != LARGE + 1, counted.endings.get(i) instanceof Delivery.Decoded);
    }
    String message = ((Delivery.Unreadable) counted.endings.get(LARGE + 1)).message();
    assertTrue(message.contains("made up at imon.analysis.LanesTest"), message);
    assertEquals(1, message.lines().count());
    assertNoThreadIsLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aTakerThatFailsInTheStoreStopsAllThreads(int workers) throws Exception {
    addAll();
    Counting failing =
        new Counting() {
          @Override
          public void rows(int capture, Rows rows) throws StoreException {
            FailureTest.failInStore();
          }
        };
    StoreException thrown =
        assertThrows(StoreException.class, () -> lanes(workers, Progress.SILENT).run(failing));
    assertTrue(String.valueOf(thrown.getMessage()).contains("no such store"));
    assertNoThreadIsLeft();
  }

  @Test
  void aLaneThatCannotGoOnStopsAllThreads() throws Exception {
    addAll();
    Error bug = new StackOverflowError("for want of memory");
    Progress failing =
        new Progress() {
          @Override
          public void begins(CaptureFiles.Input input, CaptureReader reader) {
            if (input.name().endsWith("-9")) {
              throw bug;
            }
          }
        };
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> lanes(3, failing).run(new Counting()));
    assertSame(bug, thrown.getCause());
    assertNoThreadIsLeft();
  }

  @Test
  void anInterruptStopsAllThreads() throws Exception {
    addAll();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> lanes(3, Progress.SILENT).run(new Counting()));
    assertNoThreadIsLeft();
  }
}
