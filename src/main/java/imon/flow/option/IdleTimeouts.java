package imon.flow.option;

import imon.wire.IpProtocol;

/**
 * How long the two ends of a flow may be silent: a longer silence ends it.
 *
 * @param tcpSeconds of TCP
 * @param otherSeconds of everything else
 */
public record IdleTimeouts(int tcpSeconds, int otherSeconds) {
  /** What holds unless others are asked for. */
  public static final IdleTimeouts DEFAULT = new IdleTimeouts(300, 120);

  /** The longest: a day. */
  public static final int MOST_SECONDS = 86_400;

  private static final long SECOND = 1_000_000_000L;

  /** Checks both. */
  public IdleTimeouts {
    check("tcp", tcpSeconds);
    check("udp", otherSeconds);
  }

  private static void check(String protocol, int seconds) {
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException(
          "--%s-timeout %d: give a number of seconds from 1 to %d (a day)"
              .formatted(protocol, seconds, MOST_SECONDS));
    }
  }

  /** Of TCP, in nanoseconds. */
  public long tcp() {
    return tcpSeconds * SECOND;
  }

  /** Of everything else, in nanoseconds. */
  public long other() {
    return otherSeconds * SECOND;
  }

  /** Of a protocol by its number, in nanoseconds; see {@link IpProtocol}. */
  public long of(int protocol) {
    return protocol == IpProtocol.TCP ? tcp() : other();
  }
}
