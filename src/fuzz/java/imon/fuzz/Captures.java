package imon.fuzz;

import imon.fuzz.Pieces.Piece;
import imon.pcap.Block;
import imon.pcap.CaptureReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Inputs that are captures: a byte that says which kind of link, then packets as {@link Pieces},
 * whose marks say how much later than the one before each is. Unlike a file's bytes they stay a
 * capture whatever is changed.
 */
public final class Captures {
  /** All that are opened, and one that is not. */
  private static final int[] LINK_TYPES = {
    1, 0, 9, 12, 14, 50, 51, 100, 101, 104, 105, 108, 113, 117, 119, 127, 149, 163, 166, 192, 204,
    226, 228, 229, 239, 258, 276, 195
  };

  private static final int NANOSECOND_MAGIC = 0xa1b2_3c4d;
  private static final int SNAP_LENGTH = 1 << 18;
  private static final int FILE_HEADER_BYTES = 24;
  private static final int RECORD_HEADER_BYTES = 16;
  private static final long START = 1_700_000_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  /** From a microsecond to half an hour: marks below and above all gaps that end flows. */
  private static final int LEAST_STEP_BITS = 10;

  private Captures() {}

  /** Number of the link type that the first byte of an input stands for. */
  public static int linkType(byte[] input) {
    return input.length == 0 ? LINK_TYPES[0] : LINK_TYPES[(input[0] & 0xff) % LINK_TYPES.length];
  }

  /**
   * The input as a pcap file. Packets with odd marks were twice as long on the wire. In another
   * byte order other bytes stand between the same packets.
   */
  public static byte[] pcap(byte[] input, ByteOrder order) {
    List<Piece> packets = Pieces.of(input, 1);
    int records = packets.stream().mapToInt(p -> RECORD_HEADER_BYTES + p.bytes().length).sum();
    ByteBuffer file = ByteBuffer.allocate(FILE_HEADER_BYTES + records).order(order);
    file.putInt(NANOSECOND_MAGIC).putShort((short) 2).putShort((short) 4).putLong(0);
    file.putInt(SNAP_LENGTH).putInt(linkType(input));
    long time = START;
    for (Piece packet : packets) {
      time += 1L << (LEAST_STEP_BITS + packet.mark());
      int length = packet.bytes().length;
      file.putInt((int) (time / SECOND)).putInt((int) (time % SECOND));
      file.putInt(length).putInt(length + (packet.mark() & 1) * length).put(packet.bytes());
    }
    return file.array();
  }

  /** The samples in this form; all packets of one are on the kind of link that its first is on. */
  public static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (Path capture : Seeds.captures()) {
      if (!capture.endsWith("cut-header.pcap")) {
        seeds.add(input(capture));
      }
    }
    return seeds;
  }

  private static byte[] input(Path capture) throws IOException {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    Block block = new Block();
    try (CaptureReader reader = CaptureReader.open(capture)) {
      while (reader.read(block)) {
        for (int i = 0; i < block.count(); i++) {
          append(input, block, i);
        }
      }
    }
    return input.toByteArray();
  }

  private static void append(ByteArrayOutputStream input, Block block, int index) {
    if (input.size() == 0) {
      input.write(Math.max(0, indexOf(block.linkType(index))));
    }
    int start = block.start(index);
    byte[] packet = Arrays.copyOfRange(block.bytes(), start, start + block.capturedLength(index));
    Pieces.append(input, 2 * (LEAST_STEP_BITS / 2), packet);
  }

  private static int indexOf(int linkType) {
    return Arrays.stream(LINK_TYPES).boxed().toList().indexOf(linkType);
  }
}
