package imon.pcap;

import java.util.Arrays;

/**
 * Whole records of one capture, in file order, with the fields of their headers unpacked, so that nobody downstream knows file formats. A block is filled by a
 * {@link CaptureReader} and reused: what it holds is valid until it is filled again.
 */
public final class Block {
  /** Enough for some thousand packets, and small enough to stay in a core's cache between reading and decoding. */
  static final int DEFAULT_BYTES = 256 * 1024;

  byte[] bytes;
  int count;
  long firstPacketNumber;
  int[] start = new int[1024];
  int[] capturedLength = new int[1024];
  int[] wireLength = new int[1024];
  int[] linkType = new int[1024];
  long[] time = new long[1024];

  public Block() {
    bytes = new byte[DEFAULT_BYTES];
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

  /** Bytes packet {@code index} had on the wire; an impossible original length is replaced by the captured one. */
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

  private void grow() {
    int larger = count * 2;
    start = Arrays.copyOf(start, larger);
    capturedLength = Arrays.copyOf(capturedLength, larger);
    wireLength = Arrays.copyOf(wireLength, larger);
    linkType = Arrays.copyOf(linkType, larger);
    time = Arrays.copyOf(time, larger);
  }
}
