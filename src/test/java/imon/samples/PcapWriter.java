package imon.samples;

import java.nio.ByteOrder;
import java.util.List;

/** Writes pcap files: byte order, time resolution and link type as asked. */
final class PcapWriter {
  static final int HEADER_LENGTH = 24;
  static final int RECORD_HEADER_LENGTH = 16;
  private static final long MICROSECOND_MAGIC = 0xa1b2c3d4L;
  private static final long NANOSECOND_MAGIC = 0xa1b23c4dL;

  private final int linkType;
  private boolean nanoseconds;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private int snapLength = Scene.WHOLE;

  PcapWriter(int linkType) {
    this.linkType = linkType;
  }

  PcapWriter nanoseconds() {
    nanoseconds = true;
    return this;
  }

  PcapWriter bigEndian() {
    order = ByteOrder.BIG_ENDIAN;
    return this;
  }

  /** What the header says; packets are cut already. */
  PcapWriter snapLength(int length) {
    snapLength = length;
    return this;
  }

  byte[] write(List<Packet> packets) {
    Octets file =
        new Octets(order)
            .u32(nanoseconds ? NANOSECOND_MAGIC : MICROSECOND_MAGIC)
            .u16(2)
            .u16(4)
            .u64(0)
            .u32(snapLength)
            .u32(linkType);
    for (Packet packet : packets) {
      long fraction = Math.floorMod(packet.time(), 1_000_000_000L);
      file.u32(Math.floorDiv(packet.time(), 1_000_000_000L))
          .u32(nanoseconds ? fraction : fraction / 1000)
          .u32(packet.capturedLength())
          .u32(packet.declaredLength())
          .bytes(packet.captured());
    }
    return file.toArray();
  }
}
