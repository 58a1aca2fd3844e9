package imon.decode;

/** Values of the tcpdump.org link type registry that {@link LinkWalk} knows. */
final class LinkType {
  static final int NULL = 0;
  static final int ETHERNET = 1;
  static final int TOKEN_RING = 6;

  /** Direction and compressed header before each packet, which has its whole header again. */
  static final int SLIP = 8;

  static final int PPP = 9;
  static final int FDDI = 10;
  static final int RAW_OLD = 12;
  static final int RAW_OPENBSD = 14;
  static final int PPP_HDLC = 50;
  static final int PPP_ETHER = 51;
  static final int ATM_LLC = 100;
  static final int RAW = 101;
  static final int CISCO_HDLC = 104;
  static final int WLAN = 105;
  static final int FRAME_RELAY = 107;
  static final int LOOP = 108;

  /** Clear text of IPsec on BSD systems: address family, SPI and flags before each packet. */
  static final int ENC = 109;

  static final int LINUX_SLL = 113;
  static final int PFLOG = 117;
  static final int WLAN_PRISM = 119;
  static final int WLAN_RADIOTAP = 127;

  /** The third number for private use, under which Darwin once wrote PKTAP. */
  static final int USER_2 = 149;

  static final int WLAN_AVS = 163;
  static final int PPP_PPPD = 166;
  static final int JUNOS_PPPOE = 167;
  static final int JUNOS_ETHERNET = 178;
  static final int JUNOS_PPP = 179;
  static final int JUNOS_FRAME_RELAY = 180;
  static final int JUNOS_CISCO_HDLC = 181;
  static final int PPI = 192;
  static final int PPP_WITH_DIRECTION = 204;
  static final int FRAME_RELAY_WITH_DIRECTION = 206;
  static final int IPNET = 226;
  static final int IPV4 = 228;
  static final int IPV6 = 229;
  static final int NFLOG = 239;
  static final int IP_OVER_INFINIBAND = 242;
  static final int PKTAP = 258;
  static final int LINUX_SLL2 = 276;

  /** Ethernet frames with the tag of a switch chip, behind the addresses or before all. */
  static final int BROADCOM_TAG = 281;

  static final int BROADCOM_TAG_BEFORE = 282;
  static final int MARVELL_TAG = 284;
  static final int MARVELL_TAG_WITH_TYPE = 285;

  private LinkType() {}

  /** Whether frames of this type never carry IP, or none that imon would open. */
  static boolean isKnownNotIp(int linkType) {
    return switch (linkType) {
      // IEEE 802.15.4
      case 195, 215, 230, 283 -> true;
      // Bluetooth
      case 187, 201, 251, 254, 255, 256, 272, 161 -> true;
      // USB
      case 186, 189, 220, 249, 266, 288, 293, 294, 295 -> true;
      // buses: IPMB, I2C, CAN, FlexRay, MOST, LIN, SocketCAN, ARINC 429
      case 199, 209, 190, 210, 211, 212, 227, 184 -> true;
      // telephone signalling: MTP, SCCP, MUX27010, ISDN, GSM and DECT
      case 139, 140, 141, 142, 236, 203, 217, 218, 221 -> true;
      // inside one machine: netlink, netlink monitor, D-Bus, exported upper layers, journals
      case 253, 231, 252, 271 -> true;
      // other radio and serial: Z-Wave, LoRa, NFC, infrared, ZigBee, AX.25
      case 262, 263, 297, 270, 245, 144, 3, 202 -> true;
      // storage and video: InfiniBand, Fibre Channel, MPEG transport, DVB
      case 247, 224, 225, 243, 235 -> true;
      default -> false;
    };
  }
}
