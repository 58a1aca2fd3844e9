package imon.wire;

/**
 * What a header can say that it carries: EtherType values of the IEEE registry that imon opens,
 * and, above 16 bits, what that registry has no number for.
 */
public final class EtherType {
  /** Nothing that can be opened. */
  public static final int NOTHING = -1;

  public static final int IPV4 = 0x0800;
  public static final int ARP = 0x0806;
  public static final int TRANSPARENT_ETHERNET = 0x6558;
  public static final int IPV6 = 0x86dd;
  public static final int MPLS = 0x8847;
  public static final int MPLS_UPSTREAM = 0x8848;
  public static final int PPPOE_SESSION = 0x8864;
  public static final int JUMBO_LLC = 0x8870;
  public static final int PPP = 0x880b;

  /** Tag of a backbone service (IEEE 802.1Q, clause 9.7); a whole Ethernet frame is behind it. */
  public static final int I_TAG = 0x88e7;

  /** A sequence number for redundant rings (IEC 62439-3). */
  public static final int HSR = 0x892f;

  /** Tag of a port extender (IEEE 802.1BR). */
  public static final int E_TAG = 0x893f;

  /** Cisco's forerunner of it, for adapters of virtual machines. */
  public static final int VN_TAG = 0x8926;

  /** The security group of Cisco TrustSec. */
  public static final int CISCO_METADATA = 0x8909;

  /** The tag of a Marvell switch chip, with a type of its own. */
  public static final int SWITCH_TAG = 0xdada;

  /** A security tag (IEEE 802.1AE), behind which there may be clear text. */
  public static final int MACSEC = 0x88e5;

  /** A packet of the B.A.T.M.A.N. mesh. */
  public static final int BATMAN = 0x4305;

  /** A frame on its way between routing bridges (RFC 6325). */
  public static final int TRILL = 0x22f3;

  /** A network service header (RFC 8300). */
  public static final int NSH = 0x894f;

  /** When a switch of Arista saw the frame. */
  public static final int ARISTA = 0xd28b;

  /** Types II and III, of which each frame says which it is. */
  public static final int ERSPAN = 0x88be;

  public static final int ERSPAN_3 = 0x22eb;

  /** A redirected packet (WCCP), in GRE only. */
  public static final int WCCP = 0x883e;

  /** Anything smaller is the length of an 802.3 frame, and an LLC header follows. */
  public static final int SMALLEST = 1536;

  /** An LLC header. */
  public static final int LLC = 0;

  /** The subframes of an 802.11 aggregate. */
  public static final int WLAN_SUBFRAMES = 1;

  private static final int VLAN = 0x8100;
  private static final int PROVIDER_VLAN = 0x88a8;
  private static final int OLD_DOUBLE_VLAN = 0x9100;
  private static final int OTHER_DOUBLE_VLAN = 0x9200;
  private static final int THIRD_DOUBLE_VLAN = 0x9300;
  private static final int LINK_TYPE = 0x1_0000;

  private EtherType() {}

  /** The value itself, or nothing where it is too small to be a type. */
  public static int orNothing(int value) {
    return value < SMALLEST ? NOTHING : value;
  }

  /** Whether four bytes of VLAN tag begin here (802.1Q, 802.1ad, and its forerunners). */
  public static boolean isVlanTag(int etherType) {
    return switch (etherType) {
      case VLAN, PROVIDER_VLAN, OLD_DOUBLE_VLAN, OTHER_DOUBLE_VLAN, THIRD_DOUBLE_VLAN -> true;
      default -> false;
    };
  }

  /** Whether an Ethernet header with this EtherType is likely to be one. */
  public static boolean isFamiliar(int etherType) {
    return switch (etherType) {
      case IPV4, ARP, IPV6, MPLS, MPLS_UPSTREAM, PPPOE_SESSION -> true;
      default -> isVlanTag(etherType);
    };
  }

  /** IPv4 or IPv6, as the version in the first half of {@code firstByte} says, or nothing. */
  public static int ofIpVersion(int firstByte) {
    return switch (firstByte >> 4 & 0xf) {
      case 4 -> IPV4;
      case 6 -> IPV6;
      default -> NOTHING;
    };
  }

  /** A frame of a link type, 0 to 65,535, of the tcpdump.org registry. */
  public static int ofLinkType(int linkType) {
    return LINK_TYPE | linkType;
  }

  /** Whether {@code carried} is a frame of a link type. */
  public static boolean isLinkType(int carried) {
    return carried >= LINK_TYPE;
  }

  /** The link type that {@link #ofLinkType} was given. */
  public static int linkType(int carried) {
    return carried - LINK_TYPE;
  }
}
