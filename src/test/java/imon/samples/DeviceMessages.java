package imon.samples;

import java.util.Locale;

/** What devices say of themselves: DHCP (RFC 2131) and NetBIOS names (RFC 1002). */
final class DeviceMessages {
  private static final int HOST_NAME = 12;
  private static final int REQUESTED_ADDRESS = 50;
  private static final int MESSAGE_TYPE = 53;
  private static final int END = 255;

  private DeviceMessages() {}

  /** A message with its type as the only option. */
  static byte[] dhcp(int operation, int messageType, Host device) {
    return dhcp(operation, messageType, device, new byte[0]);
  }

  /** A request for an address the device had before, by which it tells its name. */
  static byte[] dhcpRequest(Host device, String hostName) {
    byte[] options =
        new Octets()
            .u8(REQUESTED_ADDRESS)
            .u8(4)
            .bytes(device.octets())
            .u8(HOST_NAME)
            .u8(hostName.length())
            .text(hostName)
            .toArray();
    return dhcp(1, 3, device, options);
  }

  private static byte[] dhcp(int operation, int messageType, Host device, byte[] options) {
    return new Octets()
        .u8(operation)
        .u24(0x010600)
        .u32(0x2f6b_3a11L)
        .u32(0x8000)
        .zeros(4)
        .bytes(operation == 2 ? device.octets() : new byte[4])
        .zeros(8)
        .u48(device.mac())
        .zeros(10 + 192)
        .u32(0x6382_5363L)
        .u16(MESSAGE_TYPE << 8 | 1)
        .u8(messageType)
        .bytes(options)
        .u8(END)
        .padTo(300)
        .toArray();
  }

  /** A workstation claims its name for its address (RFC 1002, section 4.2.2). */
  static byte[] netbiosRegistration(Host device, String name) {
    return new Octets()
        .u16(0x4d21)
        .u16(0x2910)
        .u16(1)
        .u32(0)
        .u16(1)
        .bytes(netbiosName(name))
        .u32(0x0020_0001L)
        .u16(0xc00c)
        .u32(0x0020_0001L)
        .u32(300_000)
        .u16(6)
        .u16(0)
        .bytes(device.octets())
        .toArray();
  }

  /** Fifteen characters and a zero, each half of a byte a letter from A on. */
  private static byte[] netbiosName(String name) {
    String padded = "%-15s\0".formatted(name.toUpperCase(Locale.ROOT));
    Octets letters = new Octets().u8(32);
    for (int i = 0; i < padded.length(); i++) {
      letters.u8('A' + (padded.charAt(i) >> 4)).u8('A' + (padded.charAt(i) & 0xf));
    }
    return letters.u8(0).toArray();
  }
}
