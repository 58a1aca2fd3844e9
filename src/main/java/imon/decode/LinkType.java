package imon.decode;

/** Values of the tcpdump.org link type registry that {@link NetworkWalk} opens. */
final class LinkType {
  static final int NULL = 0;
  static final int ETHERNET = 1;
  static final int RAW_OLD = 12;
  static final int RAW_OPENBSD = 14;
  static final int RAW = 101;
  static final int LOOP = 108;
  static final int LINUX_SLL = 113;
  static final int IPV4 = 228;
  static final int IPV6 = 229;
  static final int LINUX_SLL2 = 276;

  private LinkType() {}
}
