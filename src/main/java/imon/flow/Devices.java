package imon.flow;

import imon.decode.Packet;
import imon.dns.NamedAddresses;
import imon.dns.device.DhcpMessage;
import imon.dns.device.Dhcpv6Message;
import imon.dns.device.NetbiosMessage;
import imon.dns.device.SeenBy;
import imon.flow.recent.Repeats;
import imon.flow.row.RowType;
import imon.flow.row.RowWriter;
import imon.flow.row.Rows;
import imon.flow.row.Scope;
import imon.wire.Addresses;
import imon.wire.ArpMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What packets tell of devices: their link-layer addresses, and what they call themselves. */
final class Devices {
  /** Addresses of one link-layer address that are written: more than 16 say that it is a router. */
  private static final int ADDRESSES_OF_LINK = 64;

  /** Link-layer addresses remembered; when there are more, some things are written twice. */
  private static final int LINKS = 1 << 14;

  private static final long GROUP_BIT = 1L << 40;

  /** Below it a hop limit says nothing: whoever traces a route begins with 1. */
  private static final int LEAST_HOP_LIMIT = 32;

  private final RowWriter rows;
  private final Repeats pairs = new Repeats();
  private final Repeats names = new Repeats();
  private final Map<Long, Set<Pair>> links = new HashMap<>();
  private final DhcpMessage dhcp = new DhcpMessage();
  private final Dhcpv6Message dhcpv6 = new Dhcpv6Message();
  private final NetbiosMessage netbios = new NetbiosMessage();

  private record Pair(long high, long low) {}

  Devices(RowWriter rows) {
    this.rows = rows;
  }

  /** The first packet of a flow: which addresses are behind which link-layer addresses. */
  void seen(Packet packet) {
    if (isRouted(packet.hopLimit())) {
      router(packet.sourceMac());
    }
    link(packet.sourceHigh(), packet.sourceLow(), packet.sourceMac());
    link(packet.destinationHigh(), packet.destinationLow(), packet.destinationMac());
  }

  /**
   * Whether a packet has passed a router, whose link-layer address it then has: hosts begin with 64
   * (RFC 1700), 128 or 255, and each router takes one off.
   */
  private static boolean isRouted(int hopLimit) {
    return hopLimit > LEAST_HOP_LIMIT && hopLimit != 64 && hopLimit != 128 && hopLimit != 255;
  }

  void seen(ArpMessage arp) {
    link(0, Addresses.mapped(arp.senderAddress()), arp.senderMac());
  }

  private void router(long mac) {
    if (isDevice(mac) && pairs.isNew(0, -mac)) {
      rows.begin(RowType.LINK).address(0, Addresses.mapped(0)).number(-mac).end();
    }
  }

  private static boolean isDevice(long mac) {
    return mac != 0 && (mac & GROUP_BIT) == 0;
  }

  private void link(long high, long low, long mac) {
    if (!isDevice(mac) || isNobody(high, low) || !pairs.isNew(Addresses.hash(high, low), mac)) {
      return;
    }
    if (links.size() == LINKS) {
      links.clear();
    }
    Set<Pair> known = links.computeIfAbsent(mac, m -> new HashSet<>());
    if (known.size() < ADDRESSES_OF_LINK && known.add(new Pair(high, low))) {
      rows.begin(RowType.LINK).address(high, low).number(mac).end();
    }
  }

  /** Whether the address stands for no device: unspecified, or of a group. */
  private static boolean isNobody(long high, long low) {
    return Scope.isMulticast(high, low) || (high == 0 && (low == 0 || low == Addresses.mapped(0)));
  }

  /** Whether a datagram may tell the name of a device, by its ports. */
  static boolean isDatagramPort(Packet packet) {
    return switch (port(packet)) {
      case 67, 68, 137, 138, 546, 547 -> true;
      default -> false;
    };
  }

  private static int port(Packet packet) {
    return Math.min(packet.sourcePort(), packet.destinationPort());
  }

  /** A datagram that may tell the name of a device; which kind, its ports say. */
  void datagram(Packet packet) {
    switch (port(packet)) {
      case 67, 68 -> dhcp(packet);
      case 137 ->
          netbios(packet, netbios.wrap(packet.buffer(), packet.payload(), packet.payloadLimit()));
      case 138 ->
          netbios(
              packet,
              netbios.wrapDatagram(packet.buffer(), packet.payload(), packet.payloadLimit()));
      case 546, 547 -> dhcpv6(packet);
      default -> {}
    }
  }

  private void dhcp(Packet packet) {
    if (dhcp.wrap(packet.buffer(), packet.payload(), packet.payloadLimit())) {
      write(
          dhcp.mac(),
          dhcp.addressHigh(),
          dhcp.isConfirmed() ? dhcp.addressLow() : 0,
          dhcp.name(),
          SeenBy.DHCP);
    }
  }

  private void dhcpv6(Packet packet) {
    if (dhcpv6.wrap(packet.buffer(), packet.payload(), packet.payloadLimit())) {
      boolean confirmed = dhcpv6.isConfirmed();
      write(
          dhcpv6.mac(),
          confirmed ? dhcpv6.addressHigh() : 0,
          confirmed ? dhcpv6.addressLow() : 0,
          dhcpv6.name(),
          SeenBy.DHCP);
    }
  }

  private void netbios(Packet packet, boolean sound) {
    if (sound && netbios.namesDevice()) {
      boolean own = netbios.addressLow() == 0;
      write(
          netbios.mac(),
          own ? packet.sourceHigh() : netbios.addressHigh(),
          own ? packet.sourceLow() : netbios.addressLow(),
          netbios.name(),
          SeenBy.NETBIOS);
    }
  }

  /** Names of devices in a message of multicast DNS or LLMNR; no address means the sender's. */
  void names(NamedAddresses devices, Packet packet) {
    for (int i = 0; i < devices.count(); i++) {
      boolean own = devices.high(i) == 0 && devices.low(i) == 0;
      write(
          0,
          own ? packet.sourceHigh() : devices.high(i),
          own ? packet.sourceLow() : devices.low(i),
          devices.name(i),
          devices.seenBy(i));
    }
  }

  private void write(long mac, long high, long low, @Nullable String name, SeenBy seenBy) {
    boolean placed = high != 0 || low != 0;
    if (name == null || (mac == 0 && !placed)) {
      return;
    }
    if (!names.isNew(
        Addresses.hash(high, low) ^ mac, (long) name.hashCode() << 8 | seenBy.code())) {
      return;
    }
    Rows row = rows.begin(RowType.DEVICE_NAME).number(mac == 0 ? Rows.NONE : mac);
    (placed ? row.address(high, low) : row.noAddress()).name(name).number(seenBy.code()).end();
  }
}
