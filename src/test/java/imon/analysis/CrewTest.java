package imon.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.option.FactOptions;
import imon.flow.row.RowSink;
import imon.flow.row.Rows;
import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureReader;
import imon.pcap.CaptureSummary.Status;
import imon.samples.Tape;
import imon.wire.filter.FilterCompiler;
import imon.wire.filter.FilterProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A crew that stands still is found by the time limit. */
@Timeout(60)
class CrewTest {
  private static final String THREAD = "imon-decoder";
  private static final int FLOWS = 300;

  @TempDir Path folder;

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private Path file(byte[] capture) throws IOException {
    return Files.write(folder.resolve("capture.pcap"), capture);
  }

  private CaptureReader reader(byte[] capture) throws IOException {
    return CaptureReader.open(file(capture));
  }

  /** A sink that does this with all rows. */
  private static RowSink taking(Runnable taker) {
    return new Captures.Counting() {
      @Override
      public void accept(Rows rows) {
        taker.run();
      }
    };
  }

  private static Crew crew(int workers) {
    return new Crew(workers, FactOptions.DEFAULT, null);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void eachPacketIsCountedByOneOfThem(int workers) throws IOException, InterruptedException {
    Captures.Counting counted = new Captures.Counting();
    try (CaptureReader reader = reader(Captures.of(FLOWS, 20))) {
      crew(workers).run(reader, counted);
      assertEquals(FLOWS * 20L, reader.summary().packets());
      assertEquals(Status.OK, reader.summary().status());
    }
    assertEquals(FLOWS, counted.flows.get());
    assertEquals(FLOWS * 20L, counted.packets.get());
    assertTrue(Captures.allEnd(THREAD));
  }

  @Test
  void anEmptyCaptureHasASummaryAndNoRows() throws IOException, InterruptedException {
    Captures.Counting counted = new Captures.Counting();
    try (CaptureReader reader = reader(new Tape().pcap())) {
      crew(2).run(reader, counted);
      assertEquals(0, reader.summary().packets());
      assertEquals(Status.OK, reader.summary().status());
      assertEquals(0, counted.rows.get());
    }
  }

  @Test
  void whatIsOddIsCountedOnce() throws IOException, InterruptedException {
    Tape tape = new Tape().undecodable();
    for (int i = 0; i < 10; i++) {
      tape.udp("10.0.0." + i + ":50000", "203.0.113.1:4000", new byte[20]);
    }
    byte[] capture = tape.pcap();
    int lastRecord = capture.length - 48;
    capture[lastRecord + 25] = 3;
    try (CaptureReader reader = reader(capture)) {
      AnomalyCounts anomalies = crew(3).run(reader, new Captures.Counting());
      assertEquals(1, anomalies.count(Anomaly.IPV4_HEADER_CUT));
      assertEquals(1, anomalies.count(Anomaly.UDP_LENGTH_BAD));
      assertEquals(11, anomalies.firstPacketNumber(Anomaly.UDP_LENGTH_BAD));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void oneThatFailsEndsTheRunWithItsFailure(int packetsEach)
      throws IOException, InterruptedException {
    RuntimeException bug = new IllegalArgumentException("a bug");
    try (CaptureReader reader = reader(Captures.of(FLOWS, packetsEach))) {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  crew(2)
                      .run(
                          reader,
                          taking(
                              () -> {
                                throw bug;
                              })));
      assertSame(bug, thrown.getCause());
    }
    assertFalse(Thread.interrupted());
    assertTrue(Captures.allEnd(THREAD));
  }

  @RepeatedTest(30)
  void whoWaitsForTheTakerWhenAnotherFailsHidesNothing() throws IOException, InterruptedException {
    RuntimeException bug = new IllegalArgumentException("a bug");
    AtomicBoolean failed = new AtomicBoolean();
    try (CaptureReader reader = reader(Captures.of(FLOWS, 20))) {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  crew(3)
                      .run(
                          reader,
                          taking(
                              () -> {
                                if (failed.compareAndSet(false, true)) {
                                  throw bug;
                                }
                                waitForever();
                              })));
      assertSame(bug, thrown.getCause());
    }
    assertFalse(Thread.interrupted());
    assertTrue(Captures.allEnd(THREAD));
  }

  /** As a sink does when nobody takes rows. */
  private static void waitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new Failure.Interrupted();
    }
  }

  @RepeatedTest(30)
  void aFilterWithoutMeaningForTheLinkTypeEndsTheRun() throws IOException, InterruptedException {
    Captures.Counting counted = new Captures.Counting();
    try (CaptureReader reader = reader(Captures.of(FLOWS, 20))) {
      Crew crew = new Crew(2, FactOptions.DEFAULT, new NoLinkType());
      UncheckedIOException thrown =
          assertThrows(UncheckedIOException.class, () -> crew.run(reader, counted));
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
    Thread caller = Thread.currentThread();
    try (CaptureReader reader = reader(Captures.of(FLOWS, 20))) {
      assertThrows(
          InterruptedException.class,
          () ->
              crew(2)
                  .run(
                      reader,
                      taking(
                          () -> {
                            caller.interrupt();
                            waitForever();
                          })));
    }
    clearInterrupt();
    assertTrue(Captures.allEnd(THREAD));
  }
}
