package imon.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.live.device.PacketSource.Counters;
import imon.live.file.CaptureFolder;
import imon.live.file.CaptureListener;
import imon.live.file.FinishedFile;
import imon.live.file.FolderOptions;
import imon.live.file.NamePattern;
import imon.live.file.Retention;
import imon.testing.Allocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritingAllocationTest {
  private static final int PACKETS = 1000;
  private static final int BATCHES = 200;
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;

  @Test
  void aPacketAllocatesNothing() throws IOException {
    NamePattern pattern = new NamePattern(NamePattern.DEFAULT, "eth0", ZoneOffset.UTC);
    FolderOptions options = new FolderOptions(folder, pattern, Retention.ALL, false);
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    Rotation rotation =
        new Rotation(1L << 40, new ClockBorders(Duration.ofHours(1), ZoneOffset.UTC));
    ByteBuffer records = records();
    int end = records.position();
    try (CaptureFolder files = new CaptureFolder(options, new Silence(), clock)) {
      RotatingWriter writer =
          new RotatingWriter(
              files,
              rotation,
              CaptureLimits.NONE,
              new Silence(),
              clock,
              Packets.header(0xa1b2c3d4, 1));
      long allocated = Allocation.of(BATCHES, () -> writer.write(records.limit(end).position(end)));
      writer.finish();
      assertEquals(2L * BATCHES * PACKETS, writer.totals(Counters.NONE).packets());
      assertTrue(allocated < BATCHES * PACKETS, () -> allocated + " bytes");
    }
  }

  private static ByteBuffer records() {
    ByteBuffer records = ByteBuffer.allocateDirect(PACKETS * 76).order(ByteOrder.nativeOrder());
    for (int i = 0; i < PACKETS; i++) {
      records.putInt((int) NOON.getEpochSecond()).putInt(i).putInt(60).putInt(60);
      records.put(new byte[60]);
    }
    return records;
  }

  private record Silence() implements CaptureListener {
    @Override
    public void finished(FinishedFile file) {}

    @Override
    public void said(String line) {}
  }
}
