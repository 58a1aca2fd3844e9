package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A packet of the mesh protocol B.A.T.M.A.N. advanced, version 15 (linux/batadv_packet.h). Those
 * for one receiver or for all carry an Ethernet frame; routing messages, fragments and those of
 * other versions carry nothing.
 *
 * <pre>
 * all:                   | type (1) | version (1) | TTL (1) | ...
 * to all:                | reserved (1) | sequence (4) | originator (6) |
 * to one:                | translation table version (1) | destination (6) |
 * to one, of one client: | the same | source (6) | subtype (1) | reserved (1) |
 * </pre>
 */
public final class BatmanPacket extends Encapsulation {
  private static final int SHORTEST = 3;
  private static final int VERSION = 15;
  private static final int TO_ALL = 0x01;
  private static final int TO_ALL_BYTES = 14;
  private static final int TO_ONE = 0x40;
  private static final int TO_ONE_BYTES = 10;
  private static final int WITH_SOURCE = 0x42;
  private static final int WITH_SOURCE_BYTES = 18;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + SHORTEST > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int length = Bytes.u8(buffer, offset + 1) == VERSION ? length(Bytes.u8(buffer, offset)) : 0;
    if (offset + length > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int carried = length == 0 ? EtherType.NOTHING : EtherType.TRANSPARENT_ETHERNET;
    carries(carried, offset + length, limit);
    return null;
  }

  /** Bytes before the frame, or 0 when there is none. */
  private static int length(int type) {
    return switch (type) {
      case TO_ALL -> TO_ALL_BYTES;
      case TO_ONE -> TO_ONE_BYTES;
      case WITH_SOURCE -> WITH_SOURCE_BYTES;
      default -> 0;
    };
  }
}
