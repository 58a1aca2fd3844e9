package imon.live;

import imon.live.device.PacketSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A source that gives what a test put into it, and does what the test wants when that is all. */
final class Packets implements PacketSource, PacketSource.Opener {
  private static final int LARGEST = 16 + 1000;

  private final Deque<Event> events = new ArrayDeque<>();
  private ByteBuffer records = ByteBuffer.allocate(0);
  private byte[] header = header(0xa1b23c4d, 1);
  private long received;
  boolean up = true;

  /** What happens at one call of read. */
  private interface Event {
    int happen() throws IOException;
  }

  /** A file header in the machine's byte order. */
  static byte[] header(int magic, int linkType) {
    ByteBuffer header = ByteBuffer.allocate(FILE_HEADER_LENGTH).order(ByteOrder.nativeOrder());
    header.putInt(magic).putShort((short) 2).putShort((short) 4).putLong(0);
    return header.putInt(1000).putInt(linkType).array();
  }

  /** A packet of so many bytes, of which the first 1000 are captured. */
  Packets packet(Instant time, int length) {
    events.add(
        () -> {
          int captured = Math.min(length, 1000);
          records.putInt((int) time.getEpochSecond()).putInt(time.getNano());
          records.putInt(captured).putInt(length);
          records.put(new byte[captured]);
          received++;
          return 1;
        });
    return this;
  }

  /** Something happens while no packet comes. */
  Packets then(Runnable action) {
    events.add(
        () -> {
          action.run();
          return 0;
        });
    return this;
  }

  /** The device goes away. */
  Packets lost() {
    events.add(
        () -> {
          throw new IOException("gone");
        });
    return this;
  }

  /** The next source has this header. */
  Packets nextHeader(byte[] next) {
    events.add(
        () -> {
          header = next;
          throw new IOException("gone");
        });
    return this;
  }

  @Override
  public PacketSource open(ByteBuffer buffer) {
    records = buffer;
    return this;
  }

  @Override
  public int largestRecord() {
    return LARGEST;
  }

  @Override
  public String name() {
    return "eth0";
  }

  @Override
  public byte[] fileHeader() {
    return header;
  }

  @Override
  public int read(int waitMillis) throws IOException {
    Event next = events.poll();
    return next == null ? 0 : next.happen();
  }

  @Override
  public boolean isUp() {
    return up;
  }

  @Override
  public Counters counters() {
    Counters counters = new Counters(received, 2, 1);
    received = 0;
    return counters;
  }

  @Override
  public void close() {}
}
