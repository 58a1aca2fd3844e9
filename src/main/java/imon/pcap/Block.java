package imon.pcap;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Whole records of one capture, in file order, with the fields of their headers unpacked, so that
 * nobody downstream knows file formats. A block is filled by a {@link CaptureReader} and reused:
 * what it holds is valid until it is filled again.
 */
public final class Block {
  /** Some hundred packets, and small enough to stay in a core's cache until they are decoded. */
  static final int DEFAULT_BYTES = 256 * 1024;

  /** A buffer that one giant record made larger than this is given back at the next filling. */
  private static final int LARGEST_KEPT = 1024 * 1024;

  byte[] bytes;
  int count;
  long firstPacketNumber;
  int[] start = new int[1024];
  int[] capturedLength = new int[1024];
  int[] wireLength = new int[1024];
  int[] linkType = new int[1024];
  long[] time = new long[1024];

  private final int fillBytes;
  private ByteBuffer window;

  public Block() {
    this(DEFAULT_BYTES);
  }

  /** A block that is filled up to {@code fillBytes}, and beyond only for a single larger record. */
  Block(int fillBytes) {
    this.fillBytes = fillBytes;
    bytes = new byte[fillBytes];
    window = ByteBuffer.wrap(bytes);
  }

  /** The buffer all packets of the block stand in. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many packets the block holds. */
  public int count() {
    return count;
  }

  /** Number of packet {@code index} in its capture, from 1. */
  public long packetNumber(int index) {
    return firstPacketNumber + index;
  }

  /** Where the captured bytes of packet {@code index} start in {@link #bytes()}. */
  public int start(int index) {
    return start[index];
  }

  /** Captured bytes of packet {@code index}. */
  public int capturedLength(int index) {
    return capturedLength[index];
  }

  /**
   * Bytes packet {@code index} had on the wire; an impossible original length is replaced by the
   * captured one.
   */
  public int wireLength(int index) {
    return wireLength[index];
  }

  /** Link type of packet {@code index}, a LINKTYPE_ value of the tcpdump registry. */
  public int linkType(int index) {
    return linkType[index];
  }

  /** Capture time of packet {@code index} in nanoseconds since 1970 UTC, within 1970 to 2200. */
  public long time(int index) {
    return time[index];
  }

  void clear(long nextPacketNumber) {
    count = 0;
    firstPacketNumber = nextPacketNumber;
    if (bytes.length > Math.max(LARGEST_KEPT, fillBytes)) {
      resize(fillBytes);
    }
  }

  /** Makes room for a record of {@code length} bytes; returns up to where to fill the buffer. */
  int reserve(int length) {
    if (length > bytes.length) {
      resize(length);
    }
    return Math.max(fillBytes, length);
  }

  /** The buffer's bytes from {@code from} to {@code to}, as a view that the next call moves. */
  ByteBuffer window(int from, int to) {
    return window.limit(to).position(from);
  }

  void add(int packetStart, int captured, int wire, int link, long timeNanos) {
    if (count == start.length) {
      grow();
    }
    start[count] = packetStart;
    capturedLength[count] = captured;
    wireLength[count] = wire;
    linkType[count] = link;
    time[count] = timeNanos;
    count++;
  }

  private void resize(int length) {
    bytes = new byte[length];
    window = ByteBuffer.wrap(bytes);
  }

  private void grow() {
    int larger = count * 2;
    start = Arrays.copyOf(start, larger);
    capturedLength = Arrays.copyOf(capturedLength, larger);
    wireLength = Arrays.copyOf(wireLength, larger);
    linkType = Arrays.copyOf(linkType, larger);
    time = Arrays.copyOf(time, larger);
  }
}
