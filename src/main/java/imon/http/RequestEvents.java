package imon.http;

import org.jspecify.annotations.Nullable;

/** Is told of the requests in one direction of a connection, in their order. */
@FunctionalInterface
public interface RequestEvents {
  /** Whom a request asks, by the form of its target (RFC 9112, section 3.2). */
  enum Asked {
    /** The server of the host itself, as far as the form tells. */
    SERVER,
    /** A proxy, to pass the request on: the target is an absolute URI with a host. */
    PROXY,
    /** A proxy, for a tunnel: CONNECT. */
    TUNNEL
  }

  /**
   * A request begins.
   *
   * @param number counts the requests of the connection from 0
   * @param offset of the request's first byte in the client's direction, from the first byte that
   *     was fed
   * @param host null when the request names none; what a CONNECT asks for
   * @param addressed whether it says whom it is for: without a host that is an address, or no
   *     plausible name
   * @param asked whom the request asks for that host
   */
  void request(int number, long offset, @Nullable String host, boolean addressed, Asked asked);
}
