package imon.cli;

import imon.live.device.PacketSource;
import imon.pcap.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** A device on which the packets of a capture come again, at other times. */
final class ReplayedPackets implements PacketSource, PacketSource.Opener {
  private static final int NANOSECOND_MAGIC = 0xa1b23c4d;
  private static final int ETHERNET = 1;
  private static final int SNAP_LENGTH = 65_535;
  private static final int RECORD_HEADER = 16;

  private final Deque<Packet> packets = new ArrayDeque<>();
  private final Consumer<Instant> clock;
  private final Runnable atTheEnd;
  private ByteBuffer records = ByteBuffer.allocate(0);
  private long wireBytes;

  private record Packet(Instant time, ByteBuffer bytes, int wireLength) {}

  /**
   * @param parts into so many parts of equal duration it is cut, which come an hour apart
   * @param clock is told each packet's time before it comes
   * @param atTheEnd is run when all have come
   */
  ReplayedPackets(
      Path capture, int parts, Instant begin, Consumer<Instant> clock, Runnable atTheEnd)
      throws IOException {
    this.clock = clock;
    this.atTheEnd = atTheEnd;
    Deque<Packet> originals = new ArrayDeque<>();
    CapturedFrames.show(capture, (block, index) -> originals.add(packet(block, index)));
    originals.forEach(packet -> wireBytes += packet.wireLength());
    Instant first = originals.getFirst().time();
    long part = Duration.between(first, originals.getLast().time()).toNanos() / parts + 1;
    for (Packet packet : originals) {
      Duration since = Duration.between(first, packet.time());
      Instant time = begin.plus(since).plus(Duration.ofHours(since.toNanos() / part));
      packets.add(new Packet(time, packet.bytes(), packet.wireLength()));
    }
  }

  private static Packet packet(Block block, int index) {
    byte[] bytes = new byte[block.capturedLength(index)];
    System.arraycopy(block.bytes(), block.start(index), bytes, 0, bytes.length);
    Instant time = Instant.ofEpochSecond(0, block.time(index));
    return new Packet(time, ByteBuffer.wrap(bytes), block.wireLength(index));
  }

  /** Of all packets, on the wire. */
  long wireBytes() {
    return wireBytes;
  }

  @Override
  public PacketSource open(ByteBuffer buffer) {
    records = buffer;
    return this;
  }

  @Override
  public int largestRecord() {
    return RECORD_HEADER + SNAP_LENGTH;
  }

  @Override
  public String name() {
    return "eth0";
  }

  @Override
  public byte[] fileHeader() {
    ByteBuffer header = ByteBuffer.allocate(FILE_HEADER_LENGTH).order(ByteOrder.nativeOrder());
    header.putInt(NANOSECOND_MAGIC).putShort((short) 2).putShort((short) 4).putLong(0);
    return header.putInt(SNAP_LENGTH).putInt(ETHERNET).array();
  }

  @Override
  public int read(int waitMillis) {
    Packet next = packets.poll();
    if (next == null) {
      atTheEnd.run();
      return 0;
    }
    Instant time = next.time();
    clock.accept(time);
    records.putInt((int) time.getEpochSecond()).putInt(time.getNano());
    records.putInt(next.bytes().remaining()).putInt(next.wireLength()).put(next.bytes());
    return 1;
  }

  @Override
  public boolean isUp() {
    return true;
  }

  @Override
  public Counters counters() {
    return Counters.NONE;
  }

  @Override
  public void close() {}
}
