package imon.wire;

/** Protocol numbers of the IANA registry that imon opens or names. */
public final class IpProtocol {
  public static final int HOP_BY_HOP = 0;
  public static final int ICMP = 1;
  public static final int IPV4 = 4;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int DCCP = 33;
  public static final int IPV6 = 41;
  public static final int ROUTING = 43;
  public static final int FRAGMENT = 44;
  public static final int GRE = 47;
  public static final int AUTHENTICATION = 51;
  public static final int ICMPV6 = 58;
  public static final int NO_NEXT = 59;
  public static final int DESTINATION_OPTIONS = 60;
  public static final int ETHER_IP = 97;
  public static final int L2TP = 115;
  public static final int SCTP = 132;
  public static final int MOBILITY = 135;
  public static final int UDP_LITE = 136;

  /** A stack of labels (RFC 4023, section 3). */
  public static final int MPLS = 137;

  /** A frame behind a segment routing header (RFC 8986, section 4.11). */
  public static final int ETHERNET = 143;

  private IpProtocol() {}

  /** Whether source and destination port are the first four bytes of the header. */
  public static boolean hasPorts(int protocol) {
    return protocol == TCP
        || protocol == UDP
        || protocol == SCTP
        || protocol == DCCP
        || protocol == UDP_LITE;
  }
}
