package imon.live.device;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Packets as records of a pcap file, appended to the buffer that its opener was given. Times are
 * those of the kernel. Used by one thread.
 */
public interface PacketSource extends Closeable {
  /** Length of the file header in bytes. */
  int FILE_HEADER_LENGTH = 24;

  /**
   * What this source's packets came to so far.
   *
   * @param received packets that passed the filter, also those that were dropped then
   * @param dropped packets the kernel had no room for
   * @param droppedByDevice packets that the device or its driver dropped, where that is known
   */
  record Counters(long received, long dropped, long droppedByDevice) {
    public static final Counters NONE = new Counters(0, 0, 0);

    /** These and the others. */
    public Counters plus(Counters other) {
      return new Counters(
          received + other.received,
          dropped + other.dropped,
          droppedByDevice + other.droppedByDevice);
    }
  }

  /** Makes a source, again after it was lost. */
  interface Opener {
    /**
     * Opens it.
     *
     * @param records direct, empty, in the machine's byte order, with room for {@link
     *     #largestRecord}; the source appends to it until it is closed
     */
    PacketSource open(ByteBuffer records) throws IOException;

    /** Length in bytes of the largest record it can give, with its header. */
    int largestRecord();

    /** What it captures from, for messages and file names. */
    String name();
  }

  /** The header of a pcap file for its records: {@value #FILE_HEADER_LENGTH} bytes. */
  byte[] fileHeader();

  /**
   * Appends as many records as there are and have room. When there are none it waits for some, at
   * most this long.
   *
   * @return how many; 0 also when there is no room for the largest record
   * @throws IOException the source is lost; what was appended before is whole
   */
  int read(int waitMillis) throws IOException;

  /** Whether its device can carry packets now. */
  boolean isUp();

  Counters counters() throws IOException;
}
