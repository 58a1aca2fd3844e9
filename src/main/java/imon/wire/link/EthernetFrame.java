package imon.wire.link;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import org.jspecify.annotations.Nullable;

/**
 * An Ethernet header (IEEE 802.3, clause 3) with all its tags: of VLANs (IEEE 802.1Q, clause 9),
 * port extenders, redundant rings and switch chips, of Cisco's metadata and Arista's time, and of
 * MACsec (IEEE 802.1AE, clause 9) where it does not encrypt.
 *
 * <pre>
 * +------------------+-------------+-----------------------+--------------------+
 * | destination (6)  | source (6)  | tags (0, 4, 6, ...)   | EtherType (2)      |
 * +------------------+-------------+-----------------------+--------------------+
 * </pre>
 *
 * <p>Each tag begins with an EtherType of its own. Cisco's has a version, the length of its options
 * in units of four bytes, and these; no public text says so, and all that was seen had one option.
 * Arista's has a subtype, and a version that says how long the time is.
 */
public final class EthernetFrame extends Encapsulation {
  private static final int ADDRESSES = 12;

  /** With its EtherType; so are the next ones. */
  private static final int VLAN_BYTES = 4;

  private static final int HSR_BYTES = 6;
  private static final int E_TAG_BYTES = 8;
  private static final int VN_TAG_BYTES = 6;
  private static final int I_TAG_BYTES = 6;
  private static final int METADATA_BYTES = 4;
  private static final int METADATA_OPTION_BYTES = 4;
  private static final int SWITCH_TAG_BYTES = 8;
  private static final int ARISTA_BYTES = 6;
  private static final int ARISTA_TIME = 1;
  private static final int MACSEC_BYTES = 8;
  private static final int MACSEC_CHANNEL_BYTES = 8;
  private static final int MACSEC_CHANNEL = 0x20;

  /** Encrypted, or changed otherwise. */
  private static final int MACSEC_CHANGED = 0x0c;

  @Override
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit) {
    return wrap(buffer, offset, limit, 0);
  }

  /** The same, where a tag without a type, of so many bytes, is behind the addresses. */
  public @Nullable Anomaly wrap(byte[] buffer, int offset, int limit, int untypedTag) {
    int type = offset + ADDRESSES + untypedTag;
    while (type + 2 <= limit) {
      int value = Bytes.u16(buffer, type);
      int tag = tagBytes(value, buffer, type, limit);
      if (tag == 0) {
        carryBehind(value, type, limit);
        return null;
      }
      type += tag;
    }
    return Anomaly.LINK_HEADER_CUT;
  }

  private void carryBehind(int value, int type, int limit) {
    if (value == EtherType.I_TAG) {
      carries(EtherType.TRANSPARENT_ETHERNET, type + I_TAG_BYTES, limit);
    } else {
      carries(value < EtherType.SMALLEST ? EtherType.LLC : value, type + 2, limit);
    }
  }

  /** Bytes from this EtherType to the next one; 0 when it begins no tag. */
  private static int tagBytes(int value, byte[] buffer, int type, int limit) {
    return switch (value) {
      case EtherType.E_TAG -> E_TAG_BYTES;
      case EtherType.VN_TAG -> VN_TAG_BYTES;
      case EtherType.HSR -> HSR_BYTES;
      case EtherType.SWITCH_TAG -> SWITCH_TAG_BYTES;
      case EtherType.CISCO_METADATA -> metadataBytes(buffer, type, limit);
      case EtherType.MACSEC -> macsecBytes(buffer, type, limit);
      case EtherType.ARISTA -> aristaBytes(buffer, type, limit);
      default -> EtherType.isVlanTag(value) ? VLAN_BYTES : 0;
    };
  }

  private static int metadataBytes(byte[] buffer, int type, int limit) {
    return type + METADATA_BYTES > limit
        ? METADATA_BYTES
        : METADATA_BYTES + METADATA_OPTION_BYTES * Bytes.u8(buffer, type + 3);
  }

  /** A check value behind the frame is left in the payload, as network headers say their length. */
  private static int macsecBytes(byte[] buffer, int type, int limit) {
    int flags = type + 2 < limit ? Bytes.u8(buffer, type + 2) : MACSEC_CHANGED;
    if ((flags & MACSEC_CHANGED) != 0) {
      return 0;
    }
    return MACSEC_BYTES + ((flags & MACSEC_CHANNEL) != 0 ? MACSEC_CHANNEL_BYTES : 0);
  }

  private static int aristaBytes(byte[] buffer, int type, int limit) {
    if (type + ARISTA_BYTES > limit) {
      return ARISTA_BYTES;
    }
    int format = Bytes.u8(buffer, type + 5) >> 4;
    if (Bytes.u16(buffer, type + 2) != ARISTA_TIME) {
      return 0;
    }
    return switch (format) {
      case 1 -> ARISTA_BYTES + 8;
      case 2 -> ARISTA_BYTES + 6;
      default -> 0;
    };
  }
}
