package imon.name.service;

import imon.wire.Bytes;
import imon.wire.IpProtocol;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which side of an exchange a payload is of, as it says itself: of datagrams where both ports are
 * those of one service, and so tell nothing, and of what servers say first in streams.
 */
public enum Speaker {
  CLIENT,
  SERVER;

  private static final int DHCP_SERVER = 67;
  private static final int DHCP_CLIENT = 68;
  private static final int NTP = 123;
  private static final int NETBIOS_NAMES = 137;
  private static final int IKE = 500;
  private static final int DHCPV6_CLIENT = 546;
  private static final int DHCPV6_SERVER = 547;
  private static final int IKE_BEHIND_NAT = 4500;
  private static final int SIP = 5060;

  private static final int NO_ESP_BYTES = 4;
  private static final int IKE_HEADER = 28;

  /** A status line (RFC 3261, section 7.2). */
  private static final String SIP_VERSION = "SIP/2.0 ";

  private static final byte[] SIP_STATUS = Prefix.bytes(SIP_VERSION);

  /** Status lines of HTTP and SIP, greetings of FTP and SMTP, POP3 and IMAP. */
  private static final byte[][] OF_SERVERS =
      Stream.of("HTTP/1.", SIP_VERSION, "220 ", "220-", "+OK ", "* OK ")
          .map(Prefix::bytes)
          .toArray(byte[][]::new);

  /**
   * Whose {@code buffer[offset, limit)}, the first payload of a stream's direction or a datagram,
   * is; null when it does not say.
   *
   * @param protocol number of the IP protocol, see {@link IpProtocol}
   */
  public static @Nullable Speaker of(
      int protocol, int sourcePort, int destinationPort, byte[] buffer, int offset, int limit) {
    return switch (protocol) {
      case IpProtocol.TCP -> ofStream(buffer, offset, limit);
      case IpProtocol.UDP -> ofDatagram(sourcePort, destinationPort, buffer, offset, limit);
      default -> null;
    };
  }

  private static @Nullable Speaker ofStream(byte[] buffer, int offset, int limit) {
    for (byte[] text : OF_SERVERS) {
      if (Prefix.isAt(text, buffer, offset, limit)) {
        return SERVER;
      }
    }
    return null;
  }

  private static @Nullable Speaker ofDatagram(
      int sourcePort, int destinationPort, byte[] buffer, int offset, int limit) {
    if (Prefix.isAt(SIP_STATUS, buffer, offset, limit)) {
      return SERVER;
    }
    int service = serverPort(sourcePort);
    if (offset >= limit || service != serverPort(destinationPort)) {
      return null;
    }
    return switch (service) {
      case DHCP_SERVER -> ofDhcp(buffer[offset]);
      case NTP -> ofNtp(buffer[offset]);
      case NETBIOS_NAMES -> ofNetbios(buffer, offset, limit);
      case IKE -> ofIke(buffer, offset, limit);
      case IKE_BEHIND_NAT -> ofIkeBehindNat(buffer, offset, limit);
      case DHCPV6_SERVER -> ofDhcpv6(buffer[offset]);
      case SIP -> ofSip(buffer, offset, limit);
      default -> null;
    };
  }

  /** Clients of DHCP have a port of their own. */
  private static int serverPort(int port) {
    return switch (port) {
      case DHCP_CLIENT -> DHCP_SERVER;
      case DHCPV6_CLIENT -> DHCPV6_SERVER;
      default -> port;
    };
  }

  /** BOOTREQUEST or BOOTREPLY (RFC 2131, section 2). */
  private static @Nullable Speaker ofDhcp(byte operation) {
    return switch (operation) {
      case 1 -> CLIENT;
      case 2 -> SERVER;
      default -> null;
    };
  }

  /** ADVERTISE, REPLY, RECONFIGURE and RELAY-REPL are the server's (RFC 8415, section 7.3). */
  private static @Nullable Speaker ofDhcpv6(byte type) {
    return switch (type) {
      case 1, 3, 4, 5, 6, 8, 9, 11, 12 -> CLIENT;
      case 2, 7, 10, 13 -> SERVER;
      default -> null;
    };
  }

  /** The mode (RFC 5905, section 7.3); peers and broadcasts have others. */
  private static @Nullable Speaker ofNtp(byte first) {
    return switch (first & 7) {
      case 3 -> CLIENT;
      case 4 -> SERVER;
      default -> null;
    };
  }

  /** The flag of a response (RFC 1002, section 4.2.1.1). */
  private static @Nullable Speaker ofNetbios(byte[] buffer, int offset, int limit) {
    if (offset + 2 >= limit) {
      return null;
    }
    return buffer[offset + 2] < 0 ? SERVER : CLIENT;
  }

  /** Four bytes of 0 come before IKE where ESP comes to the same port (RFC 3948, section 2.2). */
  private static @Nullable Speaker ofIkeBehindNat(byte[] buffer, int offset, int limit) {
    boolean isIke = offset + NO_ESP_BYTES <= limit && Bytes.i32(buffer, offset) == 0;
    return isIke ? ofIke(buffer, offset + NO_ESP_BYTES, limit) : null;
  }

  /** The flag of the first initiator (RFC 7296, section 3.1); of version 1 its first message. */
  private static @Nullable Speaker ofIke(byte[] buffer, int offset, int limit) {
    if (offset + IKE_HEADER > limit) {
      return null;
    }
    return switch (buffer[offset + 17] >> 4) {
      case 1 -> Bytes.i64(buffer, offset + 8) == 0 ? CLIENT : null;
      case 2 -> (buffer[offset + 19] & 0x08) != 0 ? CLIENT : SERVER;
      default -> null;
    };
  }

  /** A method before an address (RFC 3261, section 7.1). */
  private static @Nullable Speaker ofSip(byte[] buffer, int offset, int limit) {
    int at = offset;
    while (at < limit && buffer[at] >= 'A' && buffer[at] <= 'Z') {
      at++;
    }
    return at > offset && at < limit && buffer[at] == ' ' ? CLIENT : null;
  }
}
