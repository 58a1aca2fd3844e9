package imon.http;

/** Is told where the messages of both directions of a connection begin, each in their order. */
public interface MessageEvents extends RequestEvents {
  /** Why nothing more will be told. */
  enum End {
    /**
     * A CONNECT was granted, or its client did not wait for that: what follows belongs to the host
     * it asked for.
     */
    TUNNEL,
    /** Status 101: what follows is another protocol (WebSocket, h2c) with the same host. */
    UPGRADE,
    /** The borders cannot be told any more. */
    LOST
  }

  /**
   * The first response to a request begins; interim ones (RFC 9110, section 15.2) count.
   *
   * @param number that of the request
   * @param offset of the response's first byte in the server's direction, from the first byte that
   *     was fed
   */
  void response(int number, long offset);

  /** The last event. */
  void end(End why);
}
