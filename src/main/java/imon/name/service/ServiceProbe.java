package imon.name.service;

import imon.wire.IpProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a service by the first payload of a flow, in either direction: the first segment with
 * data of a TCP connection, or any datagram.
 */
public final class ServiceProbe {
  private ServiceProbe() {}

  /**
   * What {@code buffer[offset, limit)} is the start of, null when that is not sure. Bytes may be
   * cut anywhere by the snap length, which only costs certainty.
   *
   * @param protocol number of the IP protocol, see {@link IpProtocol}
   */
  public static @Nullable Service of(int protocol, byte[] buffer, int offset, int limit) {
    return switch (protocol) {
      case IpProtocol.TCP -> ofStream(buffer, offset, limit);
      case IpProtocol.UDP -> DatagramSignatures.match(buffer, offset, limit);
      default -> null;
    };
  }

  private static @Nullable Service ofStream(byte[] buffer, int offset, int limit) {
    Service text = TextSignatures.matchStream(buffer, offset, limit);
    return text == null ? StreamSignatures.match(buffer, offset, limit) : text;
  }
}
