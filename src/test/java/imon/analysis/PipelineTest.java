package imon.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.row.RowType;
import imon.pcap.Anomaly;
import imon.pcap.CaptureReader;
import imon.pcap.CaptureSummary.Status;
import imon.samples.Tape;
import imon.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pipeline that stands still is found by the time limit. */
@Timeout(60)
class PipelineTest {
  private static final String THREAD = "imon-pipeline";
  private static final int FLOWS = 300;

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static byte[] capture(int flows, int packetsEach) {
    Tape tape = new Tape();
    for (int i = 0; i < flows * packetsEach; i++) {
      int flow = i % flows;
      String client = "10.0." + flow / 250 + "." + flow % 250 + ":50000";
      tape.udp(client, "203.0.113." + flow % 200 + ":4000", new byte[400]);
    }
    return tape.pcap();
  }

  private static CaptureReader reader(byte[] capture) throws IOException {
    return CaptureReader.open(new ByteArrayInputStream(capture), "test");
  }

  /** Flows of a capture, and their packets. */
  private static List<Long> run(Pipeline pipeline, byte[] capture)
      throws IOException, InterruptedException {
    AtomicLong flows = new AtomicLong();
    AtomicLong packets = new AtomicLong();
    try (CaptureReader reader = reader(capture)) {
      pipeline.run(
          reader,
          rows -> {
            if (rows.type() == RowType.FLOW) {
              flows.addAndGet(rows.count());
              int column = 8;
              assertEquals("up_packets", RowType.FLOW.columns().get(column).name());
              for (int row = 0; row < rows.count(); row++) {
                packets.addAndGet(rows.word(column, row));
              }
            }
          });
    }
    return List.of(flows.get(), packets.get());
  }

  /** Waits for the end of all threads of pipelines; false when one goes on. */
  private static boolean allEnd() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(THREAD)) {
        thread.join(10_000);
        if (thread.isAlive()) {
          return false;
        }
      }
    }
    return true;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void allRowsAreTakenWhenACaptureIsDone(int workers) throws IOException, InterruptedException {
    byte[] capture = capture(FLOWS, 20);
    try (Pipeline pipeline = new Pipeline(workers)) {
      assertEquals(List.of((long) FLOWS, FLOWS * 20L), run(pipeline, capture));
    }
    assertTrue(allEnd());
  }

  @Test
  void manyCapturesGoThroughOnePipelineSoThatAllBlocksComeBack()
      throws IOException, InterruptedException {
    byte[] several = capture(FLOWS, 10);
    byte[] small = capture(3, 1);
    try (Pipeline pipeline = new Pipeline(2)) {
      for (int i = 0; i < 60; i++) {
        assertEquals(List.of((long) FLOWS, FLOWS * 10L), run(pipeline, several));
        assertEquals(List.of(3L, 3L), run(pipeline, small));
      }
    }
  }

  @Test
  void anEmptyCaptureHasASummaryAndNoRows() throws IOException, InterruptedException {
    try (Pipeline pipeline = new Pipeline(2);
        CaptureReader reader = reader(new Tape().pcap())) {
      List<RowType> taken = new ArrayList<>();
      Pipeline.Outcome outcome = pipeline.run(reader, rows -> taken.add(rows.type()));
      assertEquals(0, outcome.summary().packets());
      assertEquals(Status.OK, outcome.summary().status());
      assertEquals(List.of(), taken);
    }
  }

  @Test
  void anomaliesOfTheReaderTheDealerAndTheWorkersAreOneCount()
      throws IOException, InterruptedException {
    Tape tape = new Tape().undecodable();
    for (int i = 0; i < 10; i++) {
      tape.udp("10.0.0." + i + ":50000", "203.0.113.1:4000", new byte[20]);
    }
    byte[] capture = tape.pcap();
    int lastRecord = capture.length - 48;
    capture[lastRecord + 25] = 3;
    try (Pipeline pipeline = new Pipeline(3);
        CaptureReader reader = reader(capture)) {
      Pipeline.Outcome outcome = pipeline.run(reader, rows -> {});
      assertEquals(1, outcome.anomalies().count(Anomaly.IPV4_HEADER_CUT));
      assertEquals(1, outcome.anomalies().count(Anomaly.UDP_LENGTH_BAD));
      assertEquals(11, outcome.anomalies().firstPacketNumber(Anomaly.UDP_LENGTH_BAD));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void aTakerThatFailsInTheStoreEndsTheRunWithItsFailure(int packetsEach)
      throws IOException, InterruptedException {
    try (Pipeline pipeline = new Pipeline(2);
        CaptureReader reader = reader(capture(FLOWS, packetsEach))) {
      StoreException thrown =
          assertThrows(
              StoreException.class, () -> pipeline.run(reader, rows -> FailureTest.failInStore()));
      assertTrue(String.valueOf(thrown.getMessage()).contains("no such store"));
    }
    Thread.interrupted();
    assertTrue(allEnd());
  }

  @Test
  void aTakerWithABugEndsTheRunWithItsFailure() throws IOException, InterruptedException {
    RuntimeException bug = new IllegalArgumentException("a bug");
    try (Pipeline pipeline = new Pipeline(2);
        CaptureReader reader = reader(capture(FLOWS, 20))) {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  pipeline.run(
                      reader,
                      rows -> {
                        throw bug;
                      }));
      assertSame(bug, thrown.getCause());
    }
    Thread.interrupted();
    assertTrue(allEnd());
  }

  @Test
  void anInterruptEndsTheRun() throws IOException, InterruptedException {
    try (Pipeline pipeline = new Pipeline(2);
        CaptureReader reader = reader(capture(FLOWS, 20))) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> pipeline.run(reader, rows -> {}));
    }
    assertFalse(Thread.interrupted());
    assertTrue(allEnd());
  }

  @Test
  void anInputThatBreaksEndsItsCaptureAndNotThePipeline() throws IOException, InterruptedException {
    byte[] capture = capture(FLOWS, 20);
    try (Pipeline pipeline = new Pipeline(2)) {
      try (CaptureReader reader = CaptureReader.open(breakingAfter(capture, 300_000), "test")) {
        Pipeline.Outcome outcome = pipeline.run(reader, rows -> {});
        assertEquals(Status.DAMAGED, outcome.summary().status());
        assertTrue(outcome.summary().packets() > 0);
      }
      assertEquals(List.of((long) FLOWS, FLOWS * 20L), run(pipeline, capture));
    }
  }

  private static InputStream breakingAfter(byte[] bytes, int count) {
    InputStream sound = new ByteArrayInputStream(bytes, 0, count);
    return new FilterInputStream(sound) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read < 0) {
          throw new IOException("the disk is broken");
        }
        return read;
      }
    };
  }
}
