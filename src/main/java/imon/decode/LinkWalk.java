package imon.decode;

import imon.pcap.Anomaly;
import imon.wire.Bytes;
import imon.wire.Encapsulation;
import imon.wire.EtherType;
import imon.wire.link.BatmanPacket;
import imon.wire.link.CiscoHdlc;
import imon.wire.link.EthernetFrame;
import imon.wire.link.FddiFrame;
import imon.wire.link.FrameRelay;
import imon.wire.link.LinuxCooked;
import imon.wire.link.LlcHeader;
import imon.wire.link.MplsStack;
import imon.wire.link.PppFrame;
import imon.wire.link.PppoeSession;
import imon.wire.link.TokenRingFrame;
import imon.wire.link.TrillHeader;
import imon.wire.link.WlanFrame;
import imon.wire.link.WlanSubframe;
import imon.wire.link.described.IpnetHeader;
import imon.wire.link.described.JunosHeader;
import imon.wire.link.described.NflogMessage;
import imon.wire.link.described.PflogHeader;
import imon.wire.link.described.PktapHeader;
import imon.wire.link.described.PpiHeader;
import imon.wire.link.described.PrismHeader;
import imon.wire.link.described.RadiotapHeader;
import imon.wire.tunnel.NshHeader;
import org.jspecify.annotations.Nullable;

/**
 * Opens one link header after the other: first a frame of a link type, then what that carries, as
 * long as it is no network header. Says also where the MAC addresses of the latest frame stand.
 */
final class LinkWalk {
  /** Instead of the offset of a MAC address: the link has none. */
  static final int NO_MAC = -1;

  private static final int ENC_BYTES = 12;
  private static final int SLIP_BYTES = 16;
  private static final int SWITCH_TAG_BYTES = 4;

  /** A routing header, EtherType and two reserved bytes. */
  private static final int INFINIBAND_BYTES = 44;

  private static final int INFINIBAND_TYPE = 40;

  private final EthernetFrame ethernet = new EthernetFrame();
  private final FddiFrame fddi = new FddiFrame();
  private final TokenRingFrame tokenRing = new TokenRingFrame();
  private final LinuxCooked cooked = new LinuxCooked();
  private final LlcHeader llc = new LlcHeader();
  private final PppFrame ppp = new PppFrame();
  private final PppoeSession pppoe = new PppoeSession();
  private final CiscoHdlc hdlc = new CiscoHdlc();
  private final FrameRelay frameRelay = new FrameRelay();
  private final MplsStack mpls = new MplsStack();
  private final NshHeader nsh = new NshHeader();
  private final BatmanPacket batman = new BatmanPacket();
  private final TrillHeader trill = new TrillHeader();
  private final WlanFrame wlan = new WlanFrame();
  private final WlanSubframe subframe = new WlanSubframe();
  private final RadiotapHeader radiotap = new RadiotapHeader();
  private final PrismHeader prism = new PrismHeader();
  private final PpiHeader ppi = new PpiHeader();
  private final PflogHeader pflog = new PflogHeader();
  private final NflogMessage nflog = new NflogMessage();
  private final IpnetHeader ipnet = new IpnetHeader();
  private final PktapHeader pktap = new PktapHeader();
  private final JunosHeader junos = new JunosHeader();

  private int carried;
  private int payload;
  private int payloadLimit;
  private int sourceMac = NO_MAC;
  private int destinationMac = NO_MAC;
  private boolean cookedBroadcast;

  /** Opens a frame of a link type; answers what is wrong with its header, or null. */
  @Nullable Anomaly open(int linkType, byte[] buffer, int start, int limit) {
    if (linkType == LinkType.ETHERNET) {
      return openEthernet(buffer, start, limit);
    }
    sourceMac = NO_MAC;
    destinationMac = NO_MAC;
    cookedBroadcast = false;
    return switch (linkType) {
      case LinkType.LINUX_SLL -> cooked(cooked.wrap(buffer, start, limit));
      case LinkType.LINUX_SLL2 -> cooked(cooked.wrapVersion2(buffer, start, limit));
      case LinkType.RAW, LinkType.RAW_OLD, LinkType.RAW_OPENBSD -> raw(buffer, start, limit);
      case LinkType.IPV4 -> carry(EtherType.IPV4, start, limit);
      case LinkType.IPV6 -> carry(EtherType.IPV6, start, limit);
      case LinkType.ENC -> raw(buffer, start + ENC_BYTES, limit);
      case LinkType.SLIP -> raw(buffer, start + SLIP_BYTES, limit);
      case LinkType.FDDI -> fddi(buffer, start, limit);
      case LinkType.TOKEN_RING -> tokenRing(buffer, start, limit);
      case LinkType.NULL, LinkType.LOOP -> loopback(buffer, start, limit);
      case LinkType.PPP, LinkType.PPP_HDLC -> carry(EtherType.PPP, start, limit);
      case LinkType.PPP_WITH_DIRECTION -> behind(1, EtherType.PPP, start, limit);
      case LinkType.PPP_PPPD -> behind(2, EtherType.PPP, start, limit);
      case LinkType.FRAME_RELAY -> carry(frameRelay.wrap(buffer, start, limit), frameRelay);
      case LinkType.FRAME_RELAY_WITH_DIRECTION ->
          behind(1, EtherType.ofLinkType(LinkType.FRAME_RELAY), start, limit);
      case LinkType.PPP_ETHER -> carry(EtherType.PPPOE_SESSION, start, limit);
      case LinkType.ATM_LLC -> carry(EtherType.LLC, start, limit);
      case LinkType.CISCO_HDLC -> carry(hdlc.wrap(buffer, start, limit), hdlc);
      default -> openDescribed(linkType, buffer, start, limit);
    };
  }

  /** Link types that put a description before each frame or packet, radio and tagged frames. */
  private @Nullable Anomaly openDescribed(int linkType, byte[] buffer, int start, int limit) {
    return switch (linkType) {
      case LinkType.WLAN -> wlan(wlan.wrap(buffer, start, limit));
      case LinkType.WLAN_RADIOTAP -> radiotap(buffer, start, limit);
      case LinkType.WLAN_PRISM, LinkType.WLAN_AVS -> carry(prism.wrap(buffer, start, limit), prism);
      case LinkType.PPI -> carry(ppi.wrap(buffer, start, limit), ppi);
      case LinkType.PFLOG -> carry(pflog.wrap(buffer, start, limit), pflog);
      case LinkType.NFLOG -> carry(nflog.wrap(buffer, start, limit), nflog);
      case LinkType.IPNET -> carry(ipnet.wrap(buffer, start, limit), ipnet);
      case LinkType.PKTAP -> carry(pktap.wrap(buffer, start, limit), pktap);
      case LinkType.JUNOS_ETHERNET, LinkType.JUNOS_PPPOE ->
          junos(LinkType.ETHERNET, buffer, start, limit);
      case LinkType.JUNOS_PPP -> junos(LinkType.PPP, buffer, start, limit);
      case LinkType.JUNOS_FRAME_RELAY -> junos(LinkType.FRAME_RELAY, buffer, start, limit);
      case LinkType.JUNOS_CISCO_HDLC -> junos(LinkType.CISCO_HDLC, buffer, start, limit);
      case LinkType.IP_OVER_INFINIBAND -> infiniband(buffer, start, limit);
      case LinkType.BROADCOM_TAG, LinkType.MARVELL_TAG ->
          openEthernet(buffer, start, limit, SWITCH_TAG_BYTES);
      case LinkType.MARVELL_TAG_WITH_TYPE -> openEthernet(buffer, start, limit);
      case LinkType.BROADCOM_TAG_BEFORE ->
          behind(SWITCH_TAG_BYTES, EtherType.TRANSPARENT_ETHERNET, start, limit);
      case LinkType.USER_2 ->
          carry(pktap.wrap(buffer, start, limit), pktap) == null ? null : Anomaly.LINK_TYPE_UNKNOWN;
      default ->
          LinkType.isKnownNotIp(linkType)
              ? carry(EtherType.NOTHING, limit, limit)
              : Anomaly.LINK_TYPE_UNKNOWN;
    };
  }

  /** Opens what a link header or a tunnel carries; only {@link #isLink} values can be opened. */
  @Nullable Anomaly openCarried(int etherType, byte[] buffer, int start, int limit) {
    return switch (etherType) {
      case EtherType.LLC, EtherType.JUMBO_LLC -> carry(llc.wrap(buffer, start, limit), llc);
      case EtherType.WLAN_SUBFRAMES -> subframe(buffer, start, limit);
      case EtherType.TRANSPARENT_ETHERNET -> openEthernet(buffer, start, limit);
      case EtherType.PPP -> carry(ppp.wrap(buffer, start, limit), ppp);
      case EtherType.PPPOE_SESSION -> carry(pppoe.wrap(buffer, start, limit), pppoe);
      case EtherType.MPLS, EtherType.MPLS_UPSTREAM -> carry(mpls.wrap(buffer, start, limit), mpls);
      case EtherType.BATMAN -> carry(batman.wrap(buffer, start, limit), batman);
      case EtherType.TRILL -> carry(trill.wrap(buffer, start, limit), trill);
      case EtherType.NSH -> carry(nsh.wrap(buffer, start, limit), nsh);
      default -> open(EtherType.linkType(etherType), buffer, start, limit);
    };
  }

  static boolean isLink(int etherType) {
    return switch (etherType) {
      case EtherType.LLC,
          EtherType.JUMBO_LLC,
          EtherType.WLAN_SUBFRAMES,
          EtherType.TRANSPARENT_ETHERNET,
          EtherType.PPP,
          EtherType.PPPOE_SESSION,
          EtherType.MPLS,
          EtherType.MPLS_UPSTREAM,
          EtherType.BATMAN,
          EtherType.TRILL,
          EtherType.NSH ->
          true;
      default -> EtherType.isLinkType(etherType);
    };
  }

  /** Whether opening this is one more tunnel, and not a part of the link or tunnel it is in. */
  static boolean isTunnel(int etherType) {
    return switch (etherType) {
      case EtherType.PPPOE_SESSION, EtherType.MPLS, EtherType.MPLS_UPSTREAM, EtherType.NSH -> true;
      default -> false;
    };
  }

  @Nullable Anomaly openEthernet(byte[] buffer, int start, int limit) {
    return openEthernet(buffer, start, limit, 0);
  }

  private @Nullable Anomaly openEthernet(byte[] buffer, int start, int limit, int untypedTag) {
    Anomaly anomaly = ethernet.wrap(buffer, start, limit, untypedTag);
    if (anomaly == null) {
      destinationMac = start;
      sourceMac = start + 6;
      carry(ethernet);
    }
    return anomaly;
  }

  private @Nullable Anomaly fddi(byte[] buffer, int start, int limit) {
    Anomaly anomaly = fddi.wrap(buffer, start, limit);
    if (anomaly == null) {
      destinationMac = start + 1;
      sourceMac = start + 7;
      carry(fddi);
    }
    return anomaly;
  }

  private @Nullable Anomaly tokenRing(byte[] buffer, int start, int limit) {
    Anomaly anomaly = tokenRing.wrap(buffer, start, limit);
    if (anomaly == null) {
      destinationMac = start + 2;
      sourceMac = tokenRing.isRouted() ? NO_MAC : start + 8;
      carry(tokenRing);
    }
    return anomaly;
  }

  private @Nullable Anomaly cooked(@Nullable Anomaly anomaly) {
    if (anomaly == null) {
      sourceMac = cooked.source();
      cookedBroadcast = cooked.isBroadcast();
      carry(cooked);
    }
    return anomaly;
  }

  private @Nullable Anomaly wlan(@Nullable Anomaly anomaly) {
    if (anomaly == null) {
      sourceMac = wlan.source();
      destinationMac = wlan.destination();
      carry(wlan);
    }
    return anomaly;
  }

  private @Nullable Anomaly subframe(byte[] buffer, int start, int limit) {
    Anomaly anomaly = subframe.wrap(buffer, start, limit);
    if (anomaly == null) {
      destinationMac = start;
      sourceMac = start + 6;
      carry(subframe);
    }
    return anomaly;
  }

  /** Of an aggregate that was opened: what its packets behind the first one are, or null. */
  @Nullable Anomaly unopened() {
    return subframe.isLast() ? null : Anomaly.AGGREGATE_NOT_SPLIT;
  }

  /** Opens the frame too: only this header tells whether that is padded. */
  private @Nullable Anomaly radiotap(byte[] buffer, int start, int limit) {
    Anomaly anomaly = radiotap.wrap(buffer, start, limit);
    if (anomaly != null) {
      return anomaly;
    }
    return wlan(
        wlan.wrap(buffer, radiotap.payload(), radiotap.payloadLimit(), radiotap.isPadded()));
  }

  private @Nullable Anomaly raw(byte[] buffer, int start, int limit) {
    if (start >= limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    boolean version6 = EtherType.ofIpVersion(buffer[start]) == EtherType.IPV6;
    return carry(version6 ? EtherType.IPV6 : EtherType.IPV4, start, limit);
  }

  /**
   * An address family of four bytes, in the byte order of the host that captured: 2 is IPv4
   * everywhere, IPv6 is 10, 24, 28 or 30, depending on the system.
   */
  private @Nullable Anomaly loopback(byte[] buffer, int start, int limit) {
    if (start + 4 > limit) {
      return Anomaly.LINK_HEADER_CUT;
    }
    int family = Bytes.i32(buffer, start);
    if (family < 0 || family > 0xffff) {
      family = Integer.reverseBytes(family);
    }
    return switch (family) {
      case 2 -> carry(EtherType.IPV4, start + 4, limit);
      case 10, 24, 28, 30 -> carry(EtherType.IPV6, start + 4, limit);
      default -> carry(EtherType.NOTHING, limit, limit);
    };
  }

  private @Nullable Anomaly behind(int length, int what, int start, int limit) {
    return start + length > limit ? Anomaly.LINK_HEADER_CUT : carry(what, start + length, limit);
  }

  private @Nullable Anomaly infiniband(byte[] buffer, int start, int limit) {
    return start + INFINIBAND_BYTES > limit
        ? Anomaly.LINK_HEADER_CUT
        : carry(
            EtherType.orNothing(Bytes.u16(buffer, start + INFINIBAND_TYPE)),
            start + INFINIBAND_BYTES,
            limit);
  }

  private @Nullable Anomaly junos(int frames, byte[] buffer, int start, int limit) {
    return carry(junos.of(frames).wrap(buffer, start, limit), junos);
  }

  private @Nullable Anomaly carry(@Nullable Anomaly anomaly, Encapsulation header) {
    if (anomaly == null) {
      carry(header);
    }
    return anomaly;
  }

  private void carry(Encapsulation header) {
    carried = header.carried();
    payload = header.payload();
    payloadLimit = header.payloadLimit();
  }

  private @Nullable Anomaly carry(int what, int start, int limit) {
    carried = what;
    payload = start;
    payloadLimit = limit;
    return null;
  }

  /** What stands at {@link #payload()}: a value of {@link EtherType}. */
  int carried() {
    return carried;
  }

  int payload() {
    return payload;
  }

  int payloadLimit() {
    return payloadLimit;
  }

  /** Offset of the sender's MAC address, or {@link #NO_MAC}. */
  int sourceMac() {
    return sourceMac;
  }

  /** Offset of the receiver's MAC address, or {@link #NO_MAC}. */
  int destinationMac() {
    return destinationMac;
  }

  /**
   * Only of a link without {@link #destinationMac()}: whether a Linux cooked header says "to all".
   */
  boolean isCookedBroadcast() {
    return cookedBroadcast;
  }
}
