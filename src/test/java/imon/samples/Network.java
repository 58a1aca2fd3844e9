package imon.samples;

/** The hosts of the samples: a home network behind a router, and servers beyond it. */
final class Network {
  static final long ROUTER_MAC = 0x02_00_5e_10_00_01L;

  /** The router's own on the link to its provider, and that of the provider's router. */
  static final long ROUTER_OUTER_MAC = 0x02_00_5e_10_00_02L;

  static final long NEXT_ROUTER_MAC = 0x02_00_5e_10_00_03L;
  static final long LAPTOP_MAC = 0x02_00_5e_10_00_20L;
  static final long PHONE_MAC = 0x02_00_5e_10_00_30L;
  static final long TV_MAC = 0x02_00_5e_10_00_40L;

  static final Host ROUTER = Host.of(ROUTER_MAC, "192.168.1.1");
  static final Host ROUTER_LINK_LOCAL = Host.of(ROUTER_MAC, "fe80::5eff:fe10:1");
  static final Host LAPTOP = Host.of(LAPTOP_MAC, "192.168.1.20");
  static final Host LAPTOP_V6 = Host.of(LAPTOP_MAC, "2001:db8:10::20");
  static final Host LAPTOP_LINK_LOCAL = Host.of(LAPTOP_MAC, "fe80::5eff:fe10:20");
  static final Host PHONE = Host.of(PHONE_MAC, "192.168.1.30");
  static final Host PHONE_V6 = Host.of(PHONE_MAC, "2001:db8:10::30");
  static final Host TV = Host.of(TV_MAC, "192.168.1.40");

  static final Host PUBLIC_RESOLVER = internet("198.51.100.53");
  static final Host PUBLIC_RESOLVER_V6 = internet("2001:db8:53::53");

  static final Host PRINTER = Host.of(0x02_00_5e_10_00_50L, "192.168.1.50");
  static final Host PRINTER_V6 = Host.of(0x02_00_5e_10_00_50L, "fe80::5eff:fe10:50");
  static final Host DISK = Host.of(0x02_00_5e_10_00_60L, "192.168.1.60");

  /** Between the home network and the rest of it: a proxy for some, a load balancer for others. */
  static final Host PROXY = Host.of(0x02_00_5e_10_00_05L, "192.168.1.5");

  /** One address of a content network, shared by several sites. */
  static final Host SHARED_CDN = internet("203.0.113.10");

  static final Host SHARED_CDN_V6 = internet("2001:db8:cd::10");

  static final Host BROADCAST = Host.of(Frames.BROADCAST, "255.255.255.255");
  static final Host UNSPECIFIED_LAPTOP = Host.of(LAPTOP_MAC, "0.0.0.0");
  static final Host MDNS_GROUP = Host.of(0x0100_5e00_00fbL, "224.0.0.251");
  static final Host MDNS_GROUP_V6 = Host.of(0x3333_0000_00fbL, "ff02::fb");
  static final Host LLMNR_GROUP = Host.of(0x0100_5e00_00fcL, "224.0.0.252");
  static final Host SSDP_GROUP = Host.of(0x0100_5e7f_fffaL, "239.255.255.250");
  static final Host ALL_NODES = Host.of(0x3333_0000_0001L, "ff02::1");

  private Network() {}

  /** A host beyond the router, whose frames carry the router's MAC address. */
  static Host internet(String ip) {
    return Host.of(ROUTER_MAC, ip);
  }
}
