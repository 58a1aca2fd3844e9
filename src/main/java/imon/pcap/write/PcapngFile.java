package imon.pcap.write;

import imon.pcap.Block;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A pcapng file of one section: little-endian, times in nanoseconds, one interface for each link
 * type. Used by one thread.
 *
 * @see <a href="https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html">the draft</a>
 */
public final class PcapngFile implements Closeable {
  private static final int SECTION = 0x0a0d0d0a;
  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int INTERFACE = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final int TIME_RESOLUTION = 9;
  private static final byte NANOSECONDS = 9;
  private static final int PACKET_HEADER = 28;
  private static final int TRAILER = 4;

  private final FileChannel channel;
  private final OutputStream out;
  private final ByteBuffer head = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
  private final List<Integer> linkTypes = new ArrayList<>();
  private long packets;

  /** How far a file was written. */
  public record Mark(long position, int interfaces, long packets) {}

  private PcapngFile(FileChannel channel) {
    this.channel = channel;
    out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
  }

  /** Begins one in a file that is there and empty. */
  public static PcapngFile begin(Path empty) throws IOException {
    PcapngFile file = new PcapngFile(FileChannel.open(empty, StandardOpenOption.WRITE));
    file.writeSection();
    return file;
  }

  private void writeSection() throws IOException {
    head.clear();
    head.putInt(SECTION).putInt(28).putInt(BYTE_ORDER_MAGIC);
    head.putShort((short) 1).putShort((short) 0).putLong(-1).putInt(28);
    writeHead();
  }

  /** Adds a packet of a block as it was captured, with its length on the wire. */
  public void add(Block block, int index) throws IOException {
    int captured = block.capturedLength(index);
    int padding = -captured & 3;
    int length = PACKET_HEADER + captured + padding + TRAILER;
    long time = block.time(index);
    int link = interfaceOf(block.linkType(index));
    head.clear();
    head.putInt(ENHANCED_PACKET).putInt(length).putInt(link);
    head.putInt((int) (time >>> 32)).putInt((int) time);
    head.putInt(captured).putInt(block.wireLength(index));
    writeHead();
    out.write(block.bytes(), block.start(index), captured);
    head.clear();
    for (int i = 0; i < padding; i++) {
      head.put((byte) 0);
    }
    head.putInt(length);
    writeHead();
    packets++;
  }

  private int interfaceOf(int linkType) throws IOException {
    int known = linkTypes.indexOf(linkType);
    if (known >= 0) {
      return known;
    }
    head.clear();
    head.putInt(INTERFACE).putInt(32).putShort((short) linkType).putShort((short) 0).putInt(0);
    head.putShort((short) TIME_RESOLUTION).putShort((short) 1).putInt(NANOSECONDS).putInt(0);
    head.putInt(32);
    writeHead();
    linkTypes.add(linkType);
    return linkTypes.size() - 1;
  }

  private void writeHead() throws IOException {
    out.write(head.array(), 0, head.position());
  }

  /** How many packets the file has. */
  public long packets() {
    return packets;
  }

  /** Where the file stands, to go {@link #back} to. */
  public Mark mark() throws IOException {
    out.flush();
    return new Mark(channel.position(), linkTypes.size(), packets);
  }

  /** Takes back all that was written since. */
  public void back(Mark mark) throws IOException {
    out.flush();
    channel.truncate(mark.position()).position(mark.position());
    linkTypes.subList(mark.interfaces(), linkTypes.size()).clear();
    packets = mark.packets();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
