package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * A packet of the mesh protocol B.A.T.M.A.N. advanced, version 15 (linux/batadv_packet.h). Those
 * for one receiver or for all carry an Ethernet frame; routing messages and those of other versions
 * carry nothing.
 *
 * <pre>
 * all:                   | type (1) | version (1) | TTL (1) | ...
 * to all:                | reserved (1) | sequence (4) | originator (6) |
 * to one:                | translation table version (1) | destination (6) |
 * to one, of one client: | the same | source (6) | subtype (1) | reserved (1) |
 * a fragment:            | number (4 bits), priority | destination (6) | originator (6) |
 *                        | sequence (2) | total size (2) |
 * </pre>
 *
 * <p>A packet to one may be in fragments, which are numbered from its end: the last number is that
 * of its start, which carries the packet; the others carry nothing. How many there are, only their
 * sizes say, and on links of a small MTU they are more: so the packet is looked for, too.
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
  private static final int FRAGMENT = 0x41;
  private static final int FRAGMENT_BYTES = 20;
  private static final int NUMBER = 3;

  /** Of a packet, whatever the MTU. */
  private static final int LARGEST_FRAGMENT = 1380;

  private static final int ETHERNET_HEADER = 14;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    if (offset + SHORTEST > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    carries(EtherType.NOTHING, limit, limit);
    int type = Bytes.u8(buffer, offset);
    if (Bytes.u8(buffer, offset + 1) != VERSION) {
      return null;
    }
    int start = offset + length(type);
    if (start > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    if (type != FRAGMENT) {
      carries(start > offset ? EtherType.TRANSPARENT_ETHERNET : EtherType.NOTHING, start, limit);
    } else if (mayBeStart(buffer, offset) && isToOne(buffer, start, limit)) {
      carries(EtherType.BATMAN, start, limit);
    }
    return null;
  }

  /** Whether this fragment and those behind it can be all of the packet. */
  private static boolean mayBeStart(byte[] buffer, int offset) {
    int number = Bytes.u8(buffer, offset + NUMBER) >> 4;
    return number > 0
        && (number + 1) * LARGEST_FRAGMENT >= Bytes.u16(buffer, offset + FRAGMENT_BYTES - 2);
  }

  private static boolean isToOne(byte[] buffer, int offset, int limit) {
    if (offset + WITH_SOURCE_BYTES + ETHERNET_HEADER > limit
        || Bytes.u8(buffer, offset + 1) != VERSION) {
      return false;
    }
    int type = Bytes.u8(buffer, offset);
    int behind = offset + length(type) + ETHERNET_HEADER;
    return (type == TO_ONE || type == WITH_SOURCE)
        && EtherType.isFamiliar(Bytes.u16(buffer, behind - 2));
  }

  /** Bytes before what is carried, or 0 when that is nothing. */
  private static int length(int type) {
    return switch (type) {
      case TO_ALL -> TO_ALL_BYTES;
      case TO_ONE -> TO_ONE_BYTES;
      case WITH_SOURCE -> WITH_SOURCE_BYTES;
      case FRAGMENT -> FRAGMENT_BYTES;
      default -> 0;
    };
  }
}
