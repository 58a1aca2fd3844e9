package imon.name;

/**
 * The kinds of evidence that can name a flow, strongest first: the order of the constants is the
 * order in which they win. The code is what a store keeps and never changes; the label is what
 * reports and views show.
 */
public enum Evidence {
  /** Server name indication of a TLS ClientHello (RFC 6066, section 3). */
  TLS(1, "tls", true),
  /** Host of an HTTP request (RFC 9112, section 3.2). */
  HTTP(3, "http", true),
  /** The client's own DNS answer for the server's address (RFC 1035). */
  DNS(6, "dns", false);

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
