package imon.pcap;

/** Names of link types, as tcpdump and capinfos users know them. */
public final class LinkTypes {
  private LinkTypes() {}

  /**
   * Name of a LINKTYPE_ value without its prefix, for example {@code EN10MB}; {@code LINKTYPE_n}
   * for a value not in the table.
   *
   * @see <a href="https://www.tcpdump.org/linktypes.html">the registry</a>
   */
  public static String name(int linkType) {
    return switch (linkType) {
      case 0 -> "NULL";
      case 1 -> "EN10MB";
      case 6 -> "IEEE802";
      case 7 -> "ARCNET";
      case 8 -> "SLIP";
      case 9 -> "PPP";
      case 10 -> "FDDI";
      case 50 -> "PPP_SERIAL";
      case 51 -> "PPP_ETHER";
      case 12, 14, 101 -> "RAW";
      case 104 -> "C_HDLC";
      case 105 -> "IEEE802_11";
      case 107 -> "FRELAY";
      case 108 -> "LOOP";
      case 109 -> "ENC";
      case 113 -> "LINUX_SLL";
      case 117 -> "PFLOG";
      case 119 -> "PRISM_HEADER";
      case 127 -> "IEEE802_11_RADIO";
      case 143 -> "DOCSIS";
      case 163 -> "IEEE802_11_RADIO_AVS";
      case 167 -> "JUNIPER_PPPOE";
      case 178 -> "JUNIPER_ETHER";
      case 179 -> "JUNIPER_PPP";
      case 180 -> "JUNIPER_FRELAY";
      case 181 -> "JUNIPER_CHDLC";
      case 187 -> "BLUETOOTH_HCI_H4";
      case 189 -> "USB_LINUX";
      case 192 -> "PPI";
      case 195 -> "IEEE802_15_4_WITHFCS";
      case 201 -> "BLUETOOTH_HCI_H4_WITH_PHDR";
      case 220 -> "USB_LINUX_MMAPPED";
      case 226 -> "IPNET";
      case 228 -> "IPV4";
      case 229 -> "IPV6";
      case 230 -> "IEEE802_15_4_NOFCS";
      case 239 -> "NFLOG";
      case 242 -> "IPOIB";
      case 249 -> "USBPCAP";
      case 251 -> "BLUETOOTH_LE_LL";
      case 253 -> "NETLINK";
      case 258 -> "PKTAP";
      case 276 -> "LINUX_SLL2";
      case 281 -> "DSA_TAG_BRCM";
      case 282 -> "DSA_TAG_BRCM_PREPEND";
      case 283 -> "IEEE802_15_4_TAP";
      case 284 -> "DSA_TAG_DSA";
      case 285 -> "DSA_TAG_EDSA";
      default -> unlisted(linkType);
    };
  }

  private static String unlisted(int linkType) {
    boolean user = linkType >= 147 && linkType <= 162;
    return user ? "USER" + (linkType - 147) : "LINKTYPE_" + linkType;
  }
}
