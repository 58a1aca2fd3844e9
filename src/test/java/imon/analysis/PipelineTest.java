package imon.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.option.FactOptions;
import imon.flow.row.Rows;
import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureReader;
import imon.pcap.CaptureSummary.Status;
import imon.samples.Tape;
import imon.wire.filter.FilterCompiler;
import imon.wire.filter.FilterProgram;
import imon.wire.filter.PacketFilter;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.List;
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

  private static CaptureReader reader(byte[] capture) throws IOException {
    return CaptureReader.open(new ByteArrayInputStream(capture), "test");
  }

  /** Flows of a capture, and their packets. */
  private static List<Long> run(Pipeline pipeline, byte[] capture)
      throws IOException, InterruptedException {
    Captures.Counting counted = new Captures.Counting();
    try (CaptureReader reader = reader(capture)) {
      pipeline.run(reader, counted);
    }
    return List.of(counted.flows.get(), counted.packets.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void allRowsAreTakenWhenACaptureIsDone(int workers) throws IOException, InterruptedException {
    byte[] capture = Captures.of(FLOWS, 20);
    try (Pipeline pipeline = new Pipeline(workers, FactOptions.DEFAULT, null)) {
      assertEquals(List.of((long) FLOWS, FLOWS * 20L), run(pipeline, capture));
    }
    assertTrue(Captures.allEnd(THREAD));
  }

  @Test
  void manyCapturesGoThroughOnePipelineSoThatAllBlocksComeBack()
      throws IOException, InterruptedException {
    byte[] several = Captures.of(FLOWS, 10);
    byte[] small = Captures.of(3, 1);
    try (Pipeline pipeline = new Pipeline(2, FactOptions.DEFAULT, null)) {
      for (int i = 0; i < 60; i++) {
        assertEquals(List.of((long) FLOWS, FLOWS * 10L), run(pipeline, several));
        assertEquals(List.of(3L, 3L), run(pipeline, small));
      }
    }
  }

  @Test
  void anEmptyCaptureHasASummaryAndNoRows() throws IOException, InterruptedException {
    Captures.Counting counted = new Captures.Counting();
    try (Pipeline pipeline = new Pipeline(2, FactOptions.DEFAULT, null);
        CaptureReader reader = reader(new Tape().pcap())) {
      pipeline.run(reader, counted);
      assertEquals(0, reader.summary().packets());
      assertEquals(Status.OK, reader.summary().status());
      assertEquals(0, counted.rows.get());
    }
  }

  @Test
  void anomaliesOfTheDealerAndTheWorkersAreOneCount() throws IOException, InterruptedException {
    Tape tape = new Tape().undecodable();
    for (int i = 0; i < 10; i++) {
      tape.udp("10.0.0." + i + ":50000", "203.0.113.1:4000", new byte[20]);
    }
    byte[] capture = tape.pcap();
    int lastRecord = capture.length - 48;
    capture[lastRecord + 25] = 3;
    try (Pipeline pipeline = new Pipeline(3, FactOptions.DEFAULT, null);
        CaptureReader reader = reader(capture)) {
      AnomalyCounts anomalies = pipeline.run(reader, new Captures.Counting());
      assertEquals(1, anomalies.count(Anomaly.IPV4_HEADER_CUT));
      assertEquals(1, anomalies.count(Anomaly.UDP_LENGTH_BAD));
      assertEquals(11, anomalies.firstPacketNumber(Anomaly.UDP_LENGTH_BAD));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void aWorkerThatFailsEndsTheRunWithItsFailure(int packetsEach)
      throws IOException, InterruptedException {
    RuntimeException bug = new IllegalArgumentException("a bug");
    try (Pipeline pipeline = new Pipeline(2, FactOptions.DEFAULT, null);
        CaptureReader reader = reader(Captures.of(FLOWS, packetsEach))) {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  pipeline.run(
                      reader,
                      new Captures.Counting() {
                        @Override
                        public void accept(Rows rows) {
                          throw bug;
                        }
                      }));
      assertSame(bug, thrown.getCause());
    }
    assertFalse(Thread.interrupted());
    assertTrue(Captures.allEnd(THREAD));
  }

  @Test
  void aFilterWithoutMeaningForTheLinkTypeEndsTheRun() throws IOException, InterruptedException {
    Captures.Counting counted = new Captures.Counting();
    try (Pipeline pipeline =
            new Pipeline(2, FactOptions.DEFAULT, new PacketFilter(new NoLinkType()));
        CaptureReader reader = reader(Captures.of(FLOWS, 20))) {
      UncheckedIOException thrown =
          assertThrows(UncheckedIOException.class, () -> pipeline.run(reader, counted));
      assertEquals("not for link type 101", thrown.getMessage());
    }
    assertFalse(Thread.interrupted());
    assertTrue(Captures.allEnd(THREAD));
    assertEquals(0, counted.rows.get());
  }

  /** A filter that fits no link. */
  private record NoLinkType() implements FilterCompiler {
    @Override
    public String expression() {
      return "none";
    }

    @Override
    public FilterProgram program(int linkType, ByteOrder order) throws IOException {
      throw new IOException("not for link type " + linkType);
    }
  }

  @Test
  void anInterruptEndsTheRun() throws IOException, InterruptedException {
    try (Pipeline pipeline = new Pipeline(2, FactOptions.DEFAULT, null);
        CaptureReader reader = reader(Captures.of(FLOWS, 20))) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> pipeline.run(reader, new Captures.Counting()));
    }
    assertFalse(Thread.interrupted());
    assertTrue(Captures.allEnd(THREAD));
  }

  @Test
  void anInputThatBreaksEndsItsCaptureAndNotThePipeline() throws IOException, InterruptedException {
    byte[] capture = Captures.of(FLOWS, 20);
    try (Pipeline pipeline = new Pipeline(2, FactOptions.DEFAULT, null)) {
      try (CaptureReader reader = CaptureReader.open(breakingAfter(capture, 300_000), "test")) {
        pipeline.run(reader, new Captures.Counting());
        assertEquals(Status.DAMAGED, reader.summary().status());
        assertTrue(reader.summary().packets() > 0);
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
