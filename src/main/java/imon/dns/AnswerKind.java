package imon.dns;

/** What kind of record an answer came from; the label is what a store and its views show. */
public enum AnswerKind {
  /** An IPv4 address record (RFC 1035, section 3.4.1). */
  A("a"),
  /** An IPv6 address record (RFC 3596). */
  AAAA("aaaa"),
  /** An ipv4hint or ipv6hint of an HTTPS or SVCB record (RFC 9460, section 7.3). */
  HINT("hint"),
  /** A reverse answer: the name of an address (RFC 1035, section 3.5; RFC 3596, section 2.5). */
  PTR("ptr"),
  /** The public name of an HTTPS record's ECH configuration (RFC 9848); it has no address. */
  ECH("ech");

  private final String label;

  AnswerKind(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
