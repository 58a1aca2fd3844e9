package imon.dns.device;

import imon.name.TextTable;
import imon.wire.Addresses;
import imon.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A message of the NetBIOS name service (UDP port 137; RFC 1002, section 4.2) or a datagram of the
 * NetBIOS datagram service (port 138; section 4.4): which name it is about, and whether a device is
 * called so.
 *
 * <p>The name service has DNS's header. A name is one label of 32 letters, each half a byte: 15
 * characters padded with blanks, and a suffix that says what kind of name it is.
 */
public final class NetbiosMessage {
  /** Suffix of the name of a workstation. */
  public static final int WORKSTATION = 0x00;

  /** Suffix of the name of a file server. */
  public static final int FILE_SERVER = 0x20;

  private static final int HEADER = 12;
  private static final int RESPONSE = 0x8000;
  private static final int OPCODE_QUERY = 0;
  private static final int OPCODE_REGISTRATION = 5;
  private static final int OPCODE_REFRESH = 8;
  private static final int OPCODE_REFRESH_TOO = 9;
  private static final int OPCODE_MULTI_HOMED = 15;
  private static final int NAME_LABEL = 32;
  private static final int TYPE_NB = 0x20;
  private static final int TYPE_NBSTAT = 0x21;
  private static final int GROUP = 0x8000;
  private static final int RECORD_FIXED = 10;
  private static final int ENTRY = 6;
  private static final int STATUS_NAME = 18;
  private static final int MAC_BYTES = 6;
  private static final int DATAGRAM_HEADER = 14;
  private static final int DIRECT_UNIQUE = 0x10;
  private static final int BROADCAST = 0x12;

  private final TextTable texts = new TextTable();
  private final byte[] characters = new byte[NAME_LABEL / 2];

  private byte[] buffer = new byte[0];
  private int limit;
  private @Nullable String name;
  private int suffix;
  private boolean group;
  private boolean own;
  private long addressLow;
  private long mac;

  /**
   * Reads a name service message; false when it has no NetBIOS name. A record that is cut is as if
   * it were not there.
   */
  public boolean wrap(byte[] message, int offset, int messageLimit) {
    clear(message, messageLimit);
    if (limit - offset < HEADER) {
      return false;
    }
    int flags = Bytes.u16(message, offset + 2);
    boolean asks = Bytes.u16(message, offset + 4) != 0;
    int end = readName(offset + HEADER);
    if (end < 0) {
      return false;
    }
    int type = end + 4 <= limit ? Bytes.u16(buffer, end) : 0;
    boolean isStatus = type == TYPE_NBSTAT && !asks;
    if (isOwners(flags) && (type == TYPE_NB || isStatus)) {
      readRecord(asks ? end + 4 : offset + HEADER, isStatus);
    }
    return isStatus || name != null;
  }

  /** Reads a datagram of port 138 for the name of its sender; false when there is none. */
  public boolean wrapDatagram(byte[] message, int offset, int messageLimit) {
    clear(message, messageLimit);
    if (limit - offset < DATAGRAM_HEADER) {
      return false;
    }
    int type = Bytes.u8(message, offset);
    if (type < DIRECT_UNIQUE || type > BROADCAST || readName(offset + DATAGRAM_HEADER) < 0) {
      return false;
    }
    own = true;
    setAddress(offset + 4);
    return name != null;
  }

  /** The name without padding; null when it is no text. Valid, like all here, until the next. */
  public @Nullable String name() {
    return name;
  }

  /** The last byte of the name, which tells its kind. */
  public int suffix() {
    return suffix;
  }

  /** Whether the name is that of many devices. */
  public boolean isGroup() {
    return group;
  }

  /**
   * Whether {@link #name()} is that of one device, told by itself or by who knows it: a name that
   * is registered or found, not one that is only asked for or given up.
   */
  public boolean namesDevice() {
    return own && !group && name != null && (suffix == WORKSTATION || suffix == FILE_SERVER);
  }

  /** The high word of the address of the device. */
  public long addressHigh() {
    return 0;
  }

  /** The low word; 0 when the message gives none, which means the sender's own. */
  public long addressLow() {
    return addressLow;
  }

  /** The device's Ethernet address in the low 48 bits, which only a node status has; else 0. */
  public long mac() {
    return mac;
  }

  private void clear(byte[] message, int messageLimit) {
    buffer = message;
    limit = messageLimit;
    name = null;
    suffix = 0;
    group = false;
    own = false;
    addressLow = 0;
    mac = 0;
  }

  /** Whether a message with these flags says who has a name. */
  private static boolean isOwners(int flags) {
    boolean response = (flags & RESPONSE) != 0;
    boolean fine = (flags & 0xf) == 0;
    return switch (flags >>> 11 & 0xf) {
      case OPCODE_QUERY -> response && fine;
      case OPCODE_REGISTRATION, OPCODE_REFRESH, OPCODE_REFRESH_TOO, OPCODE_MULTI_HOMED -> fine;
      default -> false;
    };
  }

  /** Steps over the record's name, which is the one just read, or a pointer to it. */
  private void readRecord(int record, boolean isStatus) {
    int fixed;
    if (record + 2 <= limit && Bytes.u16(buffer, record) == (0xC000 | HEADER)) {
      fixed = record + 2;
    } else {
      fixed = record < limit ? readName(record) : -1;
    }
    if (fixed < 0 || fixed + RECORD_FIXED > limit) {
      return;
    }
    int rdata = fixed + RECORD_FIXED;
    int end = Math.min(limit, rdata + Bytes.u16(buffer, fixed + 8));
    if (isStatus) {
      readStatus(rdata, end);
    } else if (Bytes.u16(buffer, fixed) == TYPE_NB && end - rdata >= ENTRY) {
      own = true;
      group = (Bytes.u16(buffer, rdata) & GROUP) != 0;
      setAddress(rdata + 2);
    }
  }

  /** RFC 1002, section 4.2.18: the first name of a workstation, or else of a server, is taken. */
  private void readStatus(int rdata, int end) {
    name = null;
    int names = rdata < end ? Bytes.u8(buffer, rdata) : 0;
    int at = rdata + 1;
    for (int i = 0; i < names && at + STATUS_NAME <= end; i++, at += STATUS_NAME) {
      int kind = Bytes.u8(buffer, at + 15);
      boolean isGroup = (Bytes.u16(buffer, at + 16) & GROUP) != 0;
      boolean better = name == null || (suffix != WORKSTATION && kind == WORKSTATION);
      if (!isGroup && (kind == WORKSTATION || kind == FILE_SERVER) && better) {
        own = true;
        suffix = kind;
        name = texts.text(buffer, at, at + 15);
      }
    }
    int unit = rdata + 1 + names * STATUS_NAME;
    if (unit + MAC_BYTES <= end) {
      mac = (long) Bytes.u16(buffer, unit) << 32 | Bytes.u32(buffer, unit + 2);
    }
  }

  private void setAddress(int at) {
    int address = Bytes.i32(buffer, at);
    addressLow = address == 0 ? 0 : Addresses.mapped(address);
  }

  /** Reads the name at {@code at}; returns the position after it and its scope, or -1. */
  private int readName(int at) {
    int label = at + 1;
    if (label + NAME_LABEL >= limit || buffer[at] != NAME_LABEL) {
      return -1;
    }
    for (int i = 0; i < characters.length; i++) {
      int upper = buffer[label + 2 * i] - 'A';
      int lower = buffer[label + 2 * i + 1] - 'A';
      if (upper < 0 || upper > 15 || lower < 0 || lower > 15) {
        return -1;
      }
      characters[i] = (byte) (upper << 4 | lower);
    }
    suffix = characters[15] & 0xff;
    name = texts.text(characters, 0, 15);
    return afterScope(label + NAME_LABEL);
  }

  private int afterScope(int first) {
    int at = first;
    while (at < limit && buffer[at] != 0) {
      int length = Bytes.u8(buffer, at);
      if (length > 63) {
        return -1;
      }
      at += 1 + length;
    }
    return at < limit ? at + 1 : -1;
  }
}
