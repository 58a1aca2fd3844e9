package imon.pcap;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * pcap: a file header, then records of seconds, fraction, captured and original length (32 bits
 * each, in the byte order of the magic) and the captured bytes. Seconds are unsigned, so that no
 * time of this format is out of range. Files of one variant and byte order may have been put one
 * behind the other.
 *
 * @see <a href="https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html">the draft</a>
 */
final class PcapStepper extends RecordStepper {
  private static final int MINOR_VERSION = 6;
  private static final int LINK_TYPE = 20;

  /**
   * Before version 2.3 the original length came first, and in some files of that version, too: the
   * larger is the original one there. libpcap reads them so.
   */
  private static final int FIRST_WITH_CAPTURED_LENGTH_FIRST = 3;

  private static final int LINK_TYPE_MASK = 0xffff; // above it: length of the frame check sequence
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The formats that share this layout. */
  enum Variant {
    MICROSECONDS(0xa1b2c3d4, "pcap", 1000, 24, 16),
    NANOSECONDS(0xa1b23c4d, "pcap-ns", 1, 24, 16),
    /** Kuznetzov's patch: interface index, protocol and packet type follow the lengths. */
    MODIFIED(0xa1b2cd34, "pcap-modified", 1000, 24, 24),
    NAVTEL(0xa12b3c4d, "pcap-ns", 1, 24, 16),
    /** Ixia's lcap: the length of all records follows the file header. */
    IXIA_HARDWARE(0x1c0001ac, "pcap-ns", 1, 28, 16),
    IXIA_SOFTWARE(0x1c0001ab, "pcap", 1000, 28, 16);

    final int magic;
    final String format;
    final int nanosPerFraction;
    final int fileHeaderLength;
    final int recordHeaderLength;

    Variant(int magic, String format, int nanosPerFraction, int fileHeader, int recordHeader) {
      this.magic = magic;
      this.format = format;
      this.nanosPerFraction = nanosPerFraction;
      fileHeaderLength = fileHeader;
      recordHeaderLength = recordHeader;
    }

    /** The variant whose magic this is, read in either byte order; null for none. */
    static @Nullable Variant of(int word) {
      for (Variant variant : values()) {
        if (variant.magic == word || variant.magic == Integer.reverseBytes(word)) {
          return variant;
        }
      }
      return null;
    }
  }

  private final Variant variant;
  private int linkType;
  private final int capturedLengthAt;
  private final int originalLengthAt;
  private final boolean eitherOrder;

  /** Reads the whole file header at the start of {@code bytes}. */
  PcapStepper(Variant variant, byte[] bytes) {
    this.variant = variant;
    bigEndian = word(bytes, 0) != variant.magic;
    readLinkType(bytes, 0);
    int version = half(bytes, MINOR_VERSION);
    boolean swapped = version < FIRST_WITH_CAPTURED_LENGTH_FIRST;
    capturedLengthAt = swapped ? 12 : 8;
    originalLengthAt = swapped ? 8 : 12;
    eitherOrder = version == FIRST_WITH_CAPTURED_LENGTH_FIRST;
  }

  @Override
  String format() {
    return variant.format;
  }

  @Override
  int fileHeaderLength() {
    return variant.fileHeaderLength;
  }

  @Override
  int step(Block block, int from, int to) {
    byte[] bytes = block.bytes;
    int header = variant.recordHeaderLength;
    int at = from;
    while (to - at >= header) {
      int captured = word(bytes, at + capturedLengthAt);
      int original = word(bytes, at + originalLengthAt);
      if (eitherOrder && Integer.compareUnsigned(captured, original) > 0) {
        int larger = captured;
        captured = original;
        original = larger;
      }
      if (captured == 0 && original == 0 && Variant.of(word(bytes, at)) != null) {
        if (word(bytes, at) != variant.magic) {
          return corrupt(at, "another capture begins, in another format or byte order");
        }
        if (to - at < variant.fileHeaderLength) {
          return incomplete(at, variant.fileHeaderLength);
        }
        readLinkType(bytes, at);
        at += variant.fileHeaderLength;
        continue;
      }
      if (captured < 0 || captured > CAPTURED_LENGTH_LIMIT) {
        return corrupt(at, "captured length " + Integer.toUnsignedString(captured));
      }
      if (to - at - header < captured) {
        return incomplete(at, header + captured);
      }
      int wire = wireLength(captured, original, block.packetNumber(block.count));
      block.add(at + header, captured, wire, linkType, time(bytes, at));
      at += header + captured;
    }
    return incomplete(at, header);
  }

  /** Of the file header that begins there. */
  private void readLinkType(byte[] bytes, int at) {
    linkType = word(bytes, at + LINK_TYPE) & LINK_TYPE_MASK;
    linkTypes.add(linkType);
  }

  private long time(byte[] bytes, int at) {
    return Integer.toUnsignedLong(word(bytes, at)) * NANOS_PER_SECOND
        + Integer.toUnsignedLong(word(bytes, at + 4)) * variant.nanosPerFraction;
  }

  @Override
  OptionalLong dropped() {
    return OptionalLong.empty();
  }
}
