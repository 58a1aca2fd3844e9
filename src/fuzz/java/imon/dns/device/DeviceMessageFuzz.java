package imon.dns.device;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Seeds;
import imon.fuzz.Slices;
import java.io.IOException;
import java.util.Collection;
import org.junit.jupiter.params.provider.MethodSource;

/** What devices say of themselves by DHCP, DHCPv6 and NetBIOS; each reader is given all of it. */
class DeviceMessageFuzz {
  private final DhcpMessage dhcp = new DhcpMessage();
  private final Dhcpv6Message dhcpv6 = new Dhcpv6Message();
  private final NetbiosMessage netbios = new NetbiosMessage();

  static Collection<byte[]> seeds() throws IOException {
    return Seeds.datagrams();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void aMessageIsReadWithinItsBytes(byte[] input) {
    Slices.readAnywhere(input, this::readDhcp);
    Slices.readAnywhere(input, this::readDhcpv6);
    Slices.readAnywhere(input, this::readNetbios);
    Slices.readAnywhere(input, this::readNetbiosDatagram);
  }

  private String readDhcp(byte[] buffer, int offset, int limit) {
    if (!dhcp.wrap(buffer, offset, limit)) {
      return "none";
    }
    String address = dhcp.addressHigh() + " " + dhcp.addressLow() + " " + dhcp.isConfirmed();
    return dhcp.isReply()
        + " "
        + dhcp.type()
        + " "
        + dhcp.mac()
        + " "
        + address
        + " "
        + dhcp.name();
  }

  private String readDhcpv6(byte[] buffer, int offset, int limit) {
    if (!dhcpv6.wrap(buffer, offset, limit)) {
      return "none";
    }
    String address = dhcpv6.addressHigh() + " " + dhcpv6.addressLow() + " " + dhcpv6.isConfirmed();
    return dhcpv6.type() + " " + dhcpv6.mac() + " " + address + " " + dhcpv6.name();
  }

  private String readNetbios(byte[] buffer, int offset, int limit) {
    return netbios.wrap(buffer, offset, limit) ? netbios() : "none";
  }

  private String readNetbiosDatagram(byte[] buffer, int offset, int limit) {
    return netbios.wrapDatagram(buffer, offset, limit) ? netbios() : "none";
  }

  private String netbios() {
    String name = netbios.name() + " " + netbios.suffix() + " " + netbios.isGroup();
    String address = netbios.addressHigh() + " " + netbios.addressLow() + " " + netbios.mac();
    return name + " " + netbios.namesDevice() + " " + address;
  }
}
