package imon.dns.device;

import imon.name.TextTable;
import imon.wire.Addresses;
import imon.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A DHCP message (RFC 2131, section 2): which device it is about, what address the device has, and
 * what it calls itself.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  |      op       |     htype     |     hlen      |     hops      |
 *  |                              xid                              |
 *  |             secs              |             flags             |
 *  |                             ciaddr                            |
 *  |                             yiaddr                            |
 *  |                        siaddr, giaddr                         |
 *  |                      chaddr (16 octets)                       |
 *  |            sname (64 octets), file (128 octets)               |
 *  |                     magic cookie, options                     |
 * </pre>
 */
public final class DhcpMessage {
  public static final int DISCOVER = 1;
  public static final int OFFER = 2;
  public static final int REQUEST = 3;
  public static final int ACK = 5;
  public static final int INFORM = 8;

  private static final int BOOTREPLY = 2;
  private static final int ETHERNET = 1;
  private static final int MAC_BYTES = 6;
  private static final int CIADDR = 12;
  private static final int YIADDR = 16;
  private static final int CHADDR = 28;
  private static final int SNAME = 44;
  private static final int FILE = 108;
  private static final int COOKIE = 236;
  private static final int OPTIONS = 240;
  private static final int MAGIC = 0x6382_5363;

  private static final int PAD = 0;
  private static final int HOST_NAME = 12;
  private static final int REQUESTED_ADDRESS = 50;
  private static final int OVERLOAD = 52;
  private static final int MESSAGE_TYPE = 53;
  private static final int CLIENT_FQDN = 81;
  private static final int END = 255;

  /** Flags and two result codes that mean nothing any more (RFC 4702, section 2). */
  private static final int FQDN_FIXED_BYTES = 3;

  private static final int FQDN_IN_LABELS = 0x04;

  private final TextTable texts = new TextTable();
  private final LabelText labels = new LabelText(texts);

  private byte[] buffer = new byte[0];
  private int start;
  private int type;
  private int requested;
  private int overload;
  private @Nullable String hostName;
  private @Nullable String domainName;

  /**
   * Reads the message in {@code message[offset, limit)}; false when its fixed part is not there
   * whole, or is not DHCP's. Options after a cut or a fault are as if they were not there.
   */
  public boolean wrap(byte[] message, int offset, int limit) {
    buffer = message;
    start = offset;
    type = 0;
    requested = 0;
    overload = 0;
    hostName = null;
    domainName = null;
    if (limit - offset < OPTIONS || Bytes.i32(message, offset + COOKIE) != MAGIC) {
      return false;
    }
    readOptions(offset + OPTIONS, limit);
    if ((overload & 1) != 0) {
      readOptions(offset + FILE, offset + COOKIE);
    }
    if ((overload & 2) != 0) {
      readOptions(offset + SNAME, offset + FILE);
    }
    return true;
  }

  /** Whether a server sent it. Valid, like all that follows, after a {@link #wrap} that is true. */
  public boolean isReply() {
    return buffer[start] == BOOTREPLY;
  }

  /** Option 53; 0 when it is missing. */
  public int type() {
    return type;
  }

  /** The device's Ethernet address in the low 48 bits; 0 when it has none. */
  public long mac() {
    boolean ethernet =
        Bytes.u8(buffer, start + 1) == ETHERNET && Bytes.u8(buffer, start + 2) == MAC_BYTES;
    return ethernet ? Bytes.i64(buffer, start + CHADDR) >>> 16 : 0;
  }

  /** The high word of the device's address. */
  public long addressHigh() {
    return 0;
  }

  /**
   * The low word of the device's address: the one an ACK gives, the one the device says it has, or
   * the one it wants in a REQUEST; 0 when there is none. See {@link #isConfirmed()}.
   */
  public long addressLow() {
    int address = field(CIADDR);
    if (type == ACK && field(YIADDR) != 0) {
      address = field(YIADDR);
    } else if (type == REQUEST && address == 0) {
      address = requested;
    }
    return address == 0 ? 0 : Addresses.mapped(address);
  }

  /** Whether the device has {@link #addressLow()}, and does not only wish for it. */
  public boolean isConfirmed() {
    return (type == ACK && addressLow() != 0) || field(CIADDR) != 0;
  }

  /** What the device calls itself: option 12, or else 81; null when there is neither. */
  public @Nullable String name() {
    return hostName == null ? domainName : hostName;
  }

  private int field(int offset) {
    return Bytes.i32(buffer, start + offset);
  }

  private void readOptions(int first, int limit) {
    int at = first;
    while (at < limit && Bytes.u8(buffer, at) != END) {
      if (buffer[at] == PAD) {
        at++;
      } else {
        int value = at + 2;
        int end = value <= limit ? value + Bytes.u8(buffer, at + 1) : value;
        if (end > limit) {
          return;
        }
        readOption(Bytes.u8(buffer, at), value, end);
        at = end;
      }
    }
  }

  private void readOption(int option, int from, int end) {
    int length = end - from;
    switch (option) {
      case HOST_NAME -> hostName = texts.text(buffer, from, end);
      case CLIENT_FQDN -> readDomainName(from, end);
      case REQUESTED_ADDRESS -> requested = length == 4 ? Bytes.i32(buffer, from) : 0;
      case OVERLOAD -> overload = length == 1 ? Bytes.u8(buffer, from) : 0;
      case MESSAGE_TYPE -> type = length == 1 ? Bytes.u8(buffer, from) : 0;
      default -> {}
    }
  }

  private void readDomainName(int from, int end) {
    int name = from + FQDN_FIXED_BYTES;
    if (name < end) {
      boolean inLabels = (buffer[from] & FQDN_IN_LABELS) != 0;
      domainName =
          inLabels ? labels.read(buffer, name, end) : texts.text(buffer, name, withoutDot(end));
    }
  }

  private int withoutDot(int end) {
    return buffer[end - 1] == '.' ? end - 1 : end;
  }
}
