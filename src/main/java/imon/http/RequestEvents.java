package imon.http;

import org.jspecify.annotations.Nullable;

/** Is told of the requests in one direction of a connection, in their order. */
@FunctionalInterface
public interface RequestEvents {
  /**
   * A request begins.
   *
   * @param number counts the requests of the connection from 0
   * @param offset of the request's first byte in the client's direction, from the first byte that
   *     was fed
   * @param host null when the request names none; what a CONNECT asks for
   * @param connect whether it asks a proxy for a tunnel
   */
  void request(int number, long offset, @Nullable String host, boolean connect);
}
