package imon.dns.device;

import imon.name.TextTable;
import imon.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A DHCPv6 message (RFC 8415, section 8), bare or inside those of relays: which device it is about,
 * what address the device has, and what it calls itself.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  |    msg-type   |               transaction-id                  |
 *  |                            options                            |
 *
 *  of a relay (section 9):
 *  |    msg-type   |   hop-count   |  link-address (16 octets),    |
 *  |                   peer-address (16 octets), options           |
 * </pre>
 */
public final class Dhcpv6Message {
  public static final int SOLICIT = 1;
  public static final int ADVERTISE = 2;
  public static final int REQUEST = 3;
  public static final int CONFIRM = 4;
  public static final int RENEW = 5;
  public static final int REBIND = 6;
  public static final int REPLY = 7;
  public static final int INFORMATION_REQUEST = 11;

  private static final int RELAY_FORWARD = 12;
  private static final int RELAY_REPLY = 13;
  private static final int HEADER = 4;
  private static final int RELAY_HEADER = 34;
  private static final int OPTION_HEADER = 4;

  /** RFC 8415, section 7.6: HOP_COUNT_LIMIT. */
  private static final int MAX_RELAYS = 8;

  private static final int CLIENT_ID = 1;
  private static final int IDENTITY = 3;
  private static final int TEMPORARY_IDENTITY = 4;
  private static final int ADDRESS = 5;
  private static final int RELAYED = 9;
  private static final int CLIENT_FQDN = 39;
  private static final int CLIENT_LINK_ADDRESS = 79;

  /** IAID, T1, T2; a temporary one has only the first. */
  private static final int IDENTITY_BYTES = 12;

  private static final int TEMPORARY_IDENTITY_BYTES = 4;

  /** Address, preferred and valid lifetime. */
  private static final int ADDRESS_BYTES = 24;

  private static final int DUID_LINK_TIME = 1;
  private static final int DUID_LINK = 3;
  private static final int ETHERNET = 1;
  private static final int MAC_BYTES = 6;

  private final LabelText labels = new LabelText(new TextTable());

  private byte[] buffer = new byte[0];
  private int type;
  private int relayed;
  private int relayedEnd;
  private long duidMac;
  private long linkMac;
  private long high;
  private long low;
  private @Nullable String name;

  /**
   * Reads the message in {@code message[offset, limit)}; false when its header is not there, or its
   * type is none of RFC 8415's. Options after a cut or a fault are as if they were not there.
   */
  public boolean wrap(byte[] message, int offset, int limit) {
    buffer = message;
    clear();
    int at = offset;
    int end = limit;
    for (int relays = 0; relays <= MAX_RELAYS && end - at >= HEADER; relays++) {
      type = Bytes.u8(buffer, at);
      if (type != RELAY_FORWARD && type != RELAY_REPLY) {
        readOptions(at + HEADER, end);
        return type >= SOLICIT && type <= INFORMATION_REQUEST;
      }
      relayed = end;
      relayedEnd = end;
      readOptions(at + RELAY_HEADER, end);
      at = relayed;
      end = relayedEnd;
    }
    return false;
  }

  /** The message's own type, not that of a relay's. */
  public int type() {
    return type;
  }

  /**
   * The device's Ethernet address in the low 48 bits, as a relay saw it (RFC 6939) or as it stands
   * in the client's DUID, which may be that of another interface of the device (RFC 8415, section
   * 11.2); 0 when there is none.
   */
  public long mac() {
    return linkMac == 0 ? duidMac : linkMac;
  }

  /** The first address the message gives to the device or asks for, 0 and 0 when none. */
  public long addressHigh() {
    return high;
  }

  public long addressLow() {
    return low;
  }

  /** Whether the device has the address, and does not only wish for it. */
  public boolean isConfirmed() {
    boolean holds = type == CONFIRM || type == RENEW || type == REBIND || type == REPLY;
    return holds && (high | low) != 0;
  }

  /** What the device calls itself (RFC 4704); null when it does not say. */
  public @Nullable String name() {
    return name;
  }

  private void clear() {
    type = 0;
    duidMac = 0;
    linkMac = 0;
    high = 0;
    low = 0;
    name = null;
  }

  /** Options of the message, or of an identity within it. */
  private void readOptions(int first, int limit) {
    int at = first;
    while (at + OPTION_HEADER <= limit) {
      int value = at + OPTION_HEADER;
      int end = value + Bytes.u16(buffer, at + 2);
      int option = Bytes.u16(buffer, at);
      if (end > limit) {
        // The message of a client in a relay's, cut by the snap length, still has its start.
        relayed = option == RELAYED ? value : relayed;
        return;
      }
      readOption(option, value, end);
      at = end;
    }
  }

  private void readOption(int option, int from, int end) {
    switch (option) {
      case CLIENT_ID -> readDuid(from, end);
      case IDENTITY -> readAddresses(from + IDENTITY_BYTES, end);
      case TEMPORARY_IDENTITY -> readAddresses(from + TEMPORARY_IDENTITY_BYTES, end);
      case RELAYED -> {
        relayed = from;
        relayedEnd = end;
      }
      case CLIENT_FQDN -> name = labels.read(buffer, from + 1, end);
      case CLIENT_LINK_ADDRESS -> linkMac = mac(from, from + 2, end);
      default -> {}
    }
  }

  private void readDuid(int from, int end) {
    if (end - from < 4) {
      return;
    }
    switch (Bytes.u16(buffer, from)) {
      case DUID_LINK_TIME -> duidMac = mac(from + 2, from + 8, end);
      case DUID_LINK -> duidMac = mac(from + 2, from + 4, end);
      default -> {}
    }
  }

  private long mac(int hardware, int from, int end) {
    boolean ethernet = end - from == MAC_BYTES && Bytes.u16(buffer, hardware) == ETHERNET;
    return ethernet ? (long) Bytes.u16(buffer, from) << 32 | Bytes.u32(buffer, from + 2) : 0;
  }

  private void readAddresses(int first, int limit) {
    int at = first;
    while (at + OPTION_HEADER <= limit && (high | low) == 0) {
      int value = at + OPTION_HEADER;
      int end = value + Bytes.u16(buffer, at + 2);
      if (end > limit) {
        return;
      }
      if (Bytes.u16(buffer, at) == ADDRESS && end - value >= ADDRESS_BYTES) {
        high = Bytes.i64(buffer, value);
        low = Bytes.i64(buffer, value + Long.BYTES);
      }
      at = end;
    }
  }
}
