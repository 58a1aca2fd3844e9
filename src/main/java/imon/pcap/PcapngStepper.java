package imon.pcap;

import imon.pcap.names.ResolvedNames;
import java.util.List;
import java.util.OptionalLong;

/**
 * pcapng: blocks of type, total length, body and total length again (32 bits each, in the byte
 * order of their section). Blocks that hold no packet and tell nothing of one are stepped over.
 *
 * @see <a href="https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html">the draft</a>
 */
final class PcapngStepper extends RecordStepper {
  static final int SECTION_HEADER = 0x0a0d0d0a;
  static final int SECTION_HEADER_MINIMUM = 28;

  /** The largest block that is looked at whole: the largest packet, headers and some options. */
  static final int BLOCK_LIMIT = CAPTURED_LENGTH_LIMIT + 64 * 1024;

  static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

  /** Readers of one version cannot read another (draft, section 4.1). */
  private static final int MAJOR_VERSION = 1;

  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int OBSOLETE_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int NAME_RESOLUTION = 4;
  private static final int INTERFACE_STATISTICS = 5;
  private static final int ENHANCED_PACKET = 6;

  private static final int TSRESOL_OPTION = 9;
  private static final int TSOFFSET_OPTION = 14;
  private static final int IFDROP_OPTION = 5;
  private static final int OSDROP_OPTION = 7;
  private static final int DROPCOUNT_OPTION = 4;

  private static final int BLOCK_MINIMUM = 12;
  private static final int TRAILER = 4;
  private static final int UNKNOWN_DROPS = 0xffff;
  private static final long LATEST_TIME = PcapngInterfaces.END_OF_TIME_SECONDS * 1_000_000_000L - 1;

  private final PcapngInterfaces interfaces = new PcapngInterfaces();
  private final PcapngOptions options = new PcapngOptions(this);
  private final ResolvedNames names = new ResolvedNames();
  private long passOver;
  private long previousTime;

  @Override
  String format() {
    return "pcapng";
  }

  @Override
  int step(Block block, int from, int to) {
    byte[] bytes = block.bytes;
    passOver = 0;
    int at = from;
    while (to - at >= BLOCK_MINIMUM) {
      int type = word(bytes, at);
      if (type == SECTION_HEADER && !takeByteOrder(bytes, at)) {
        return corrupt(at, "section without a byte-order magic");
      }
      int length = word(bytes, at + 4);
      if (length < BLOCK_MINIMUM || length > BLOCK_LIMIT || length % 4 != 0) {
        return unusual(block, at, type, length);
      }
      if (to - at < length) {
        return incomplete(at, length);
      }
      if (word(bytes, at + length - TRAILER) != length) {
        return corrupt(at, "block whose two lengths differ");
      }
      take(block, type, at, length);
      if (fault() != null) {
        return at;
      }
      at += length;
    }
    return incomplete(at, BLOCK_MINIMUM);
  }

  /** What to do about a length that is impossible or too large to hold. */
  private int unusual(Block block, int at, int type, int length) {
    long unsigned = Integer.toUnsignedLong(length);
    boolean needed =
        switch (type) {
          case SECTION_HEADER, INTERFACE_DESCRIPTION -> true;
          case ENHANCED_PACKET, SIMPLE_PACKET, OBSOLETE_PACKET -> true;
          default -> false;
        };
    if (unsigned <= BLOCK_LIMIT || unsigned % 4 != 0 || needed) {
      return corrupt(at, "block length " + unsigned);
    }
    passOver = unsigned;
    // With packets before it in the buffer, the reader comes here once more.
    countIf(type == NAME_RESOLUTION && block.count == 0, Anomaly.NAMES_LEFT_OUT, block);
    return incomplete(at, BLOCK_MINIMUM);
  }

  @Override
  long passOver() {
    return passOver;
  }

  /** Takes the section's byte order from its header; false when that has none. */
  private boolean takeByteOrder(byte[] bytes, int at) {
    bigEndian = false;
    if (word(bytes, at + 8) == BYTE_ORDER_MAGIC) {
      return true;
    }
    bigEndian = true;
    return word(bytes, at + 8) == BYTE_ORDER_MAGIC;
  }

  private void take(Block block, int type, int at, int length) {
    switch (type) {
      case ENHANCED_PACKET -> takeEnhancedPacket(block, at, length);
      case SIMPLE_PACKET -> takeSimplePacket(block, at, length);
      case OBSOLETE_PACKET -> takeObsoletePacket(block, at, length);
      case SECTION_HEADER -> takeSection(block, at, length);
      case INTERFACE_DESCRIPTION -> takeInterface(block, at, length);
      case INTERFACE_STATISTICS -> takeStatistics(block, at, length);
      case NAME_RESOLUTION -> takeNames(block, at + 8, at + length - TRAILER);
      default -> {}
    }
  }

  /** Draft section 4.1. */
  private void takeSection(Block block, int at, int length) {
    if (length < SECTION_HEADER_MINIMUM) {
      corrupt(at, "section header of " + length + " bytes");
      return;
    }
    int version = half(block.bytes, at + 12);
    if (version != MAJOR_VERSION) {
      corrupt(at, "section of version " + version);
      return;
    }
    interfaces.beginSection();
  }

  /** Draft section 4.2: link type, reserved, snap length, options. */
  private void takeInterface(Block block, int at, int length) {
    if (length < 20 || interfaces.count() == PcapngInterfaces.LIMIT) {
      corrupt(at, length < 20 ? "interface of " + length + " bytes" : "too many interfaces");
      return;
    }
    int linkType = half(block.bytes, at + 8);
    linkTypes.add(linkType);
    interfaces.add(linkType, word(block.bytes, at + 12));
    takeClock(block, at + 16, at + length - TRAILER);
  }

  private void takeClock(Block block, int from, int to) {
    int resolution = 6;
    long offset = 0;
    options.wrap(block.bytes, from, to);
    while (options.next()) {
      if (options.code() == TSRESOL_OPTION && options.hasLength(1)) {
        resolution = options.byteValue();
      } else if (options.code() == TSOFFSET_OPTION && options.hasLength(8)) {
        offset = options.longValue();
      }
    }
    interfaces.clock(resolution, offset);
    countIf(options.broken(), Anomaly.BROKEN_OPTION, block);
  }

  /** Draft section 4.3. Options of packets are rare, except for flags. */
  private void takeEnhancedPacket(Block block, int at, int length) {
    if (length < 32) {
      corrupt(at, "packet block of " + length + " bytes");
      return;
    }
    int id = word(block.bytes, at + 8);
    int end = takePacket(block, at, length, id);
    if (end < 0 || end == at + length - TRAILER) {
      return;
    }
    options.wrap(block.bytes, end, at + length - TRAILER);
    while (options.next()) {
      if (options.code() == DROPCOUNT_OPTION && options.hasLength(8)) {
        interfaces.lostBeforePacket(id, options.longValue());
      }
    }
    countIf(options.broken(), Anomaly.BROKEN_OPTION, block);
  }

  /** Draft section 4.9 ("Packet Block"): interface and drops have 16 bits each. */
  private void takeObsoletePacket(Block block, int at, int length) {
    if (length < 32) {
      corrupt(at, "packet block of " + length + " bytes");
      return;
    }
    int id = half(block.bytes, at + 8);
    int drops = half(block.bytes, at + 10);
    if (takePacket(block, at, length, id) >= 0 && drops != UNKNOWN_DROPS) {
      interfaces.lostBeforePacket(id, drops);
    }
  }

  /** Adds the packet; returns where its options begin, or -1 when the block is corrupt. */
  private int takePacket(Block block, int at, int length, int id) {
    byte[] bytes = block.bytes;
    if (!hasInterface(at, id)) {
      return -1;
    }
    int captured = word(bytes, at + 20);
    if (captured < 0 || captured > length - 32 || captured > CAPTURED_LENGTH_LIMIT) {
      corrupt(at, "captured length " + Integer.toUnsignedString(captured));
      return -1;
    }
    long number = block.packetNumber(block.count);
    long ticks = (long) word(bytes, at + 12) << 32 | Integer.toUnsignedLong(word(bytes, at + 16));
    previousTime = clamped(interfaces.nanos(id, ticks), number);
    int wire = wireLength(captured, word(bytes, at + 24), number);
    block.add(at + 28, captured, wire, interfaces.linkType(id), previousTime);
    return at + 28 + PcapngOptions.padded(captured);
  }

  /**
   * Draft section 4.4: original length and bytes of the first interface. It has no time: that of
   * the section's previous packet is taken, 1970 when there is none.
   */
  private void takeSimplePacket(Block block, int at, int length) {
    if (length < 16) {
      corrupt(at, "packet block of " + length + " bytes");
      return;
    }
    if (!hasInterface(at, 0)) {
      return;
    }
    int original = word(block.bytes, at + 8);
    long room = Math.min(length - 16, Integer.toUnsignedLong(original));
    int snap = interfaces.snapLength(0);
    int captured = (int) (snap == 0 ? room : Math.min(room, Integer.toUnsignedLong(snap)));
    long number = block.packetNumber(block.count);
    anomalies.count(Anomaly.PACKET_WITHOUT_TIME, number);
    int wire = wireLength(captured, original, number);
    block.add(at + 12, captured, wire, interfaces.linkType(0), previousTime);
  }

  private boolean hasInterface(int at, int id) {
    if (isKnown(id)) {
      return true;
    }
    corrupt(at, "packet of unknown interface " + Integer.toUnsignedString(id));
    return false;
  }

  private boolean isKnown(int id) {
    return id >= 0 && id < interfaces.count();
  }

  private long clamped(long nanos, long packetNumber) {
    if (nanos >= 0 && nanos <= LATEST_TIME) {
      return nanos;
    }
    anomalies.count(Anomaly.TIME_OUT_OF_RANGE, packetNumber);
    return nanos < 0 ? 0 : LATEST_TIME;
  }

  /** Draft section 4.6: interface, time, options. No packet hangs on them. */
  private void takeStatistics(Block block, int at, int length) {
    int id = length < 24 ? -1 : word(block.bytes, at + 8);
    if (!isKnown(id)) {
      anomalies.count(Anomaly.BROKEN_STATISTICS, block.packetNumber(block.count));
      return;
    }
    options.wrap(block.bytes, at + 20, at + length - TRAILER);
    long lost = PcapngInterfaces.UNKNOWN;
    while (options.next()) {
      boolean drops = options.code() == IFDROP_OPTION || options.code() == OSDROP_OPTION;
      if (drops && options.hasLength(8)) {
        lost = PcapngInterfaces.sum(lost, options.longValue());
      }
    }
    interfaces.lostSinceStart(id, lost);
    countIf(options.broken(), Anomaly.BROKEN_OPTION, block);
  }

  /**
   * Draft section 4.5: records, options. The names hold for the whole capture, wherever it stands.
   */
  private void takeNames(Block block, int from, int to) {
    options.wrap(block.bytes, names.read(block.bytes, from, to, bigEndian), to);
    options.walk();
    countIf(options.broken(), Anomaly.BROKEN_OPTION, block);
    countIf(names.broken(), Anomaly.BROKEN_NAME_RECORD, block);
    countIf(names.leftOut(), Anomaly.NAMES_LEFT_OUT, block);
  }

  @Override
  List<ResolvedNames.Name> names() {
    return names.names();
  }

  private void countIf(boolean seen, Anomaly kind, Block block) {
    if (seen) {
      anomalies.count(kind, block.packetNumber(block.count));
    }
  }

  @Override
  OptionalLong dropped() {
    long dropped = interfaces.lost();
    return dropped < 0 ? OptionalLong.empty() : OptionalLong.of(dropped);
  }
}
