package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * The MAC header of an 802.11 frame (IEEE 802.11, clause 9.2). All numbers stand lowest byte first.
 * Management, control and encrypted frames carry nothing, nor do later fragments. An aggregate
 * carries {@link WlanSubframe}s.
 *
 * <pre>
 * +-------------------+--------------+---------------------+--------------+
 * | frame control (2) | duration (2) | addresses 1 to 3    | sequence (2) |
 * +-------------------+--------------+---------------------+--------------+
 * | address 4, if to and from a distribution system (6)                   |
 * +-----------------------------------------------------------------------+
 * | QoS control, in QoS data (2) | HT control, if "order" is set (4)      |
 * +-----------------------------------------------------------------------+
 * | mesh control in a mesh: flags (1), TTL (1), sequence (4), addresses   |
 * +-----------------------------------------------------------------------+
 * </pre>
 *
 * <p>Of mesh control (clause 9.2.4.8.3) a bit of QoS control tells, which has other meanings in
 * frames to an access point, and of some senders in others: LLC follows at once then.
 */
public final class WlanFrame extends Encapsulation {
  private static final int SHORTEST = 10;
  private static final int HEADER = 24;
  private static final int ADDRESS_1 = 4;
  private static final int ADDRESS_2 = 10;
  private static final int ADDRESS_3 = 16;
  private static final int SEQUENCE = 22;
  private static final int ADDRESS_4 = 24;
  private static final int VERSION_AND_TYPE = 0x0f;
  private static final int DATA = 0x08;
  private static final int NO_DATA = 0x40;
  private static final int QOS = 0x80;
  private static final int TO_SYSTEM = 0x01;
  private static final int FROM_SYSTEM = 0x02;
  private static final int PROTECTED = 0x40;
  private static final int ORDER = 0x80;
  private static final int AGGREGATE = 0x80;
  private static final int MESH = 0x01;
  private static final int MESH_CONTROL = 6;
  private static final int MESH_ADDRESSES = 0x03;
  private static final int SNAP = 0xaaaa;
  private static final int MAC = 6;

  private int source;
  private int destination;

  /** The header is followed by its payload at once. */
  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    return wrap(buffer, offset, limit, false);
  }

  /** {@code padded} says that the header is filled up to a multiple of four bytes. */
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit, boolean padded) {
    source = -1;
    destination = -1;
    carries(EtherType.NOTHING, limit, limit);
    if (offset + SHORTEST > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int control = Bytes.u8(buffer, offset);
    if ((control & VERSION_AND_TYPE) != DATA || (control & NO_DATA) != 0) {
      return null;
    }
    int length = headerLength(control, Bytes.u8(buffer, offset + 1));
    int start = offset + (padded ? length + 3 & ~3 : length);
    if (start > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    wrapData(buffer, offset, start, limit);
    return null;
  }

  private static int headerLength(int control, int flags) {
    int length = isBetweenSystems(flags) ? HEADER + MAC : HEADER;
    if ((control & QOS) != 0) {
      length += (flags & ORDER) != 0 ? 6 : 2;
    }
    return length;
  }

  private static boolean isBetweenSystems(int flags) {
    return (flags & (TO_SYSTEM | FROM_SYSTEM)) == (TO_SYSTEM | FROM_SYSTEM);
  }

  private void wrapData(byte[] buffer, int offset, int start, int limit) {
    int flags = Bytes.u8(buffer, offset + 1);
    boolean laterFragment = (buffer[offset + SEQUENCE] & 0x0f) != 0;
    if ((flags & PROTECTED) != 0 || laterFragment) {
      return;
    }
    noteAddresses(offset, flags);
    if (isAggregate(buffer, offset, flags)) {
      carries(EtherType.WLAN_SUBFRAMES, start, limit);
    } else if (isMesh(buffer, offset, start, limit)) {
      wrapMesh(buffer, start, limit);
    } else {
      carries(EtherType.LLC, start, limit);
    }
  }

  private static boolean isMesh(byte[] buffer, int offset, int start, int limit) {
    int flags = Bytes.u8(buffer, offset + 1);
    return (buffer[offset] & QOS) != 0
        && (flags & FROM_SYSTEM) != 0
        && (buffer[qosControl(offset, flags) + 1] & MESH) != 0
        && !(start + 2 <= limit && Bytes.u16(buffer, start) == SNAP);
  }

  /** Who sends and receives outside of the mesh stands in its own addresses, if there are any. */
  private void wrapMesh(byte[] buffer, int start, int limit) {
    int first = start + MESH_CONTROL;
    if (first > limit) {
      return;
    }
    int addresses = buffer[start] & MESH_ADDRESSES;
    int end = first + addresses * MAC;
    if (end <= limit) {
      destination = addresses == 2 ? first : destination;
      source = addresses == 0 ? source : end - MAC;
      carries(EtherType.LLC, end, limit);
    }
  }

  private void noteAddresses(int offset, int flags) {
    destination = offset + ((flags & TO_SYSTEM) != 0 ? ADDRESS_3 : ADDRESS_1);
    if (isBetweenSystems(flags)) {
      source = offset + ADDRESS_4;
    } else {
      source = offset + ((flags & FROM_SYSTEM) != 0 ? ADDRESS_3 : ADDRESS_2);
    }
  }

  private static boolean isAggregate(byte[] buffer, int offset, int flags) {
    return (buffer[offset] & QOS) != 0 && (buffer[qosControl(offset, flags)] & AGGREGATE) != 0;
  }

  private static int qosControl(int offset, int flags) {
    return offset + (isBetweenSystems(flags) ? HEADER + MAC : HEADER);
  }

  /** Offset of the sender's MAC address; -1 when the frame carries nothing. */
  public int source() {
    return source;
  }

  /** Offset of the receiver's MAC address; -1 when the frame carries nothing. */
  public int destination() {
    return destination;
  }
}
