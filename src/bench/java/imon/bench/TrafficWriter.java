package imon.bench;

import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.pcap.NotACaptureException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes one large capture of small ones: all their Ethernet packets side by side within ten
 * minutes, and that again and again, each time later and in another home: other MAC addresses and
 * other private IPv4 addresses. Checksums of IPv4 headers stay right, those of TCP and UDP do not.
 * Needs nothing but imon itself, so that Java can run this file as it stands.
 */
public final class TrafficWriter {
  private static final int ETHERNET = 1;
  private static final int ETHERNET_HEADER_BYTES = 14;
  private static final int IPV4_HEADER_BYTES = 20;
  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int RECORD_HEADER_BYTES = 16;

  private static final long SECOND = 1_000_000L;
  private static final long START = 1_772_438_400L * SECOND;

  /** Longer than any flow lives in silence, so that none goes on in the next copy. */
  private static final long APART = 1000 * SECOND;

  private static final long LONGEST = 600 * SECOND;

  /** A sample that is a flood of one kind of packet, unlike any traffic one would measure. */
  private static final String FLOOD = "fragments-flood";

  private final List<Frame> frames = new ArrayList<>();
  private long packets;
  private long wireBytes;

  /** A frame and when it is in each copy, in microseconds. */
  // Frames are never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Frame(long time, byte[] bytes, int wireLength) {}

  /** Writes a capture: {@code OUT COPIES CAPTURE...}; of a folder its captures are taken. */
  public static void main(String[] args) throws IOException {
    if (args.length < 3) {
      throw new IllegalArgumentException("give OUT COPIES CAPTURE...");
    }
    TrafficWriter writer = new TrafficWriter();
    for (String name : Arrays.asList(args).subList(2, args.length)) {
      writer.add(Path.of(name));
    }
    writer.write(Path.of(args[0]), Integer.parseInt(args[1]));
    System.out.println(writer.packets() + " packets");
  }

  /** Takes the Ethernet packets of a capture, or of the captures in a folder. */
  void add(Path input) throws IOException {
    if (!Files.isDirectory(input)) {
      addCapture(input);
      return;
    }
    try (Stream<Path> files = Files.list(input)) {
      for (Path file : files.filter(TrafficWriter::isTypical).sorted().toList()) {
        try {
          addCapture(file);
        } catch (NotACaptureException other) {
          // A folder of captures may hold other files, too.
        }
      }
    }
  }

  private static boolean isTypical(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.contains(".pcap") && !name.startsWith(FLOOD);
  }

  private void addCapture(Path capture) throws IOException {
    Block block = new Block();
    long first = -1;
    try (CaptureReader reader = CaptureReader.open(capture)) {
      while (reader.read(block)) {
        first = first < 0 ? block.time(0) / 1000 : first;
        for (int i = 0; i < block.count(); i++) {
          if (block.linkType(i) == ETHERNET) {
            long time = Math.max(0, Math.min(block.time(i) / 1000 - first, LONGEST));
            frames.add(new Frame(time, bytes(block, i), block.wireLength(i)));
          }
        }
      }
    }
  }

  private static byte[] bytes(Block block, int index) {
    int start = block.start(index);
    return Arrays.copyOfRange(block.bytes(), start, start + block.capturedLength(index));
  }

  /** Writes all that was added, so many times, as a microsecond pcap file. */
  void write(Path file, int copies) throws IOException {
    frames.sort(Comparator.comparingLong(Frame::time));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(0xa1b2_c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
      out.write(header.putInt(1 << 18).putInt(ETHERNET).array());
      for (int copy = 0; copy < copies; copy++) {
        for (Frame frame : frames) {
          write(out, frame, copy);
        }
      }
    }
  }

  private void write(OutputStream out, Frame frame, int copy) throws IOException {
    long time = START + copy * APART + frame.time;
    int length = frame.bytes.length;
    ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt((int) (time / SECOND)).putInt((int) (time % SECOND));
    out.write(record.putInt(length).putInt(frame.wireLength).array());
    out.write(moved(frame.bytes, copy));
    packets++;
    wireBytes += frame.wireLength;
  }

  /** The frame as it would be in another home. */
  private static byte[] moved(byte[] original, int home) {
    if (original.length < ETHERNET_HEADER_BYTES + IPV4_HEADER_BYTES
        || u16(original, 12) != ETHERTYPE_IPV4) {
      return original;
    }
    byte[] frame = original.clone();
    moveMac(frame, 0, home);
    moveMac(frame, 6, home);
    moveAddress(frame, ETHERNET_HEADER_BYTES + 12, home);
    moveAddress(frame, ETHERNET_HEADER_BYTES + 16, home);
    return frame;
  }

  private static void moveMac(byte[] frame, int at, int home) {
    boolean group = (frame[at] & 1) != 0;
    if (!group) {
      frame[at + 3] ^= (byte) home;
    }
  }

  private static void moveAddress(byte[] frame, int at, int home) {
    int before = u16(frame, at);
    boolean local = before >>> 8 == 10 || before >>> 4 == 0xac1 || before == 0xc0a8;
    if (local) {
      frame[at] = 10;
      frame[at + 1] ^= (byte) home;
      correctChecksum(frame, before, u16(frame, at));
    }
  }

  /** RFC 1624, equation 3. */
  private static void correctChecksum(byte[] frame, int before, int after) {
    int at = ETHERNET_HEADER_BYTES + 10;
    int sum = (~u16(frame, at) & 0xffff) + (~before & 0xffff) + after;
    sum = (sum & 0xffff) + (sum >>> 16);
    sum = ~((sum & 0xffff) + (sum >>> 16));
    frame[at] = (byte) (sum >>> 8);
    frame[at + 1] = (byte) sum;
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  /** Packets written. */
  long packets() {
    return packets;
  }

  /** The bytes that they had on the wire. */
  long wireBytes() {
    return wireBytes;
  }
}
