package imon.dns;

/**
 * Values of TYPE and QTYPE (RFC 1035, section 3.2.2; RFC 2782; RFC 3596; RFC 6672; RFC 9460) imon
 * reads.
 */
final class RecordType {
  static final int A = 1;
  static final int CNAME = 5;
  static final int PTR = 12;
  static final int MX = 15;
  static final int TXT = 16;
  static final int AAAA = 28;
  static final int SRV = 33;
  static final int DNAME = 39;
  static final int SVCB = 64;
  static final int HTTPS = 65;
  static final int ANY = 255;

  private RecordType() {}

  static boolean asksForAddresses(int type) {
    return type == A || type == AAAA || type == ANY || isService(type);
  }

  static boolean isService(int type) {
    return type == SVCB || type == HTTPS;
  }

  /** PTR asks for the instances of a service, whose SRV records are additional. */
  static boolean asksForServers(int type) {
    return type == SRV || type == MX || asksForNames(type);
  }

  static boolean asksForNames(int type) {
    return type == PTR || type == ANY;
  }
}
