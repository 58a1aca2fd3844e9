package imon.name;

/**
 * The kinds of evidence that can name a flow, strongest first: the order of the constants is the
 * order in which they win. The code is what a store keeps and never changes; the label is what
 * reports and views show.
 */
public enum Evidence {
  /** Server name indication of a TLS ClientHello (RFC 6066, section 3). */
  TLS(1, "tls", true),
  /** Server name indication in QUIC's Initial packets (RFC 9001). */
  QUIC(2, "quic", true),
  /** Host of an HTTP request (RFC 9112, section 3.2). */
  HTTP(3, "http", true),
  /** The target a proxy was asked for: CONNECT (RFC 9110, section 9.3.6) or SOCKS (RFC 1928). */
  PROXY(4, "proxy", true),
  /** Another part of the same connection has one of the above. */
  CONTINUED(5, "continued", true),
  /** The client's own DNS answer for the server's address (RFC 1035). */
  DNS(6, "dns", false),
  /** The names of the server's certificate (RFC 6125). */
  CERTIFICATE(7, "certificate", false),
  /** What all proven flows of the client to the same server and port agree on. */
  SIBLING(8, "sibling", false),
  /** An older or later answer, or another client's. */
  DNS_OTHER(9, "dns-other", false),
  /**
   * What the server's address is called: by a hosts file, the capture file, or a reverse answer.
   */
  PTR(10, "ptr", false);

  private final int code;
  private final String label;
  private final boolean proof;

  Evidence(int code, String label, boolean proof) {
    this.code = code;
    this.label = label;
    this.proof = proof;
  }

  public int code() {
    return code;
  }

  public String label() {
    return label;
  }

  /** Whether the name stands in the flow's own packets; all else is inference. */
  public boolean proof() {
    return proof;
  }
}
