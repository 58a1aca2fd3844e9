package imon.dns.device;

/**
 * How the name of a device is known, best first: the order of the constants is the order in which
 * they win. The code is what a store keeps and never changes; the label is what reports and views
 * show.
 */
public enum SeenBy {
  /** The device told its name when it asked for an address (RFC 2132, RFC 4702, RFC 4704). */
  DHCP(1, "dhcp"),
  /** The name of a service the device announces, which people choose (RFC 6763, section 4.1.1). */
  MDNS_SERVICE(2, "mdns-service"),
  /** The device's own host name (RFC 6762, section 3). */
  MDNS_HOST(3, "mdns"),
  /** A single-label name that was answered (RFC 4795). */
  LLMNR(4, "llmnr"),
  /** A NetBIOS name of a workstation or file server (RFC 1001, section 14). */
  NETBIOS(5, "netbios"),
  /** A reverse answer. */
  REVERSE(6, "ptr"),
  /** No name, only the link address (RFC 826). */
  ARP(7, "arp");

  private final int code;
  private final String label;

  SeenBy(int code, String label) {
    this.code = code;
    this.label = label;
  }

  public int code() {
    return code;
  }

  public String label() {
    return label;
  }
}
