package imon.dns;

/** What kind of record an address came from; the label is what a store and its views show. */
public enum AnswerKind {
  /** An IPv4 address record (RFC 1035, section 3.4.1). */
  A("a"),
  /** An IPv6 address record (RFC 3596). */
  AAAA("aaaa"),
  /** An ipv4hint or ipv6hint of an HTTPS or SVCB record (RFC 9460, section 7.3). */
  HINT("hint");

  private final String label;

  AnswerKind(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
