package imon.decode;

import imon.testing.Hex;
import java.util.HexFormat;

/** Headers as hex around what they carry, with right lengths. */
final class Layers {
  static final String TCP = "c000 01bb 00000001 00000000 5010 fa00 0000 0000";

  private Layers() {}

  static int length(String fields) {
    return Hex.bytes(fields).length;
  }

  static String u16(int number) {
    return HexFormat.of().toHexDigits((short) number);
  }

  static String ethernet(int etherType, String payload) {
    return "02005e100001 02005e100020 " + u16(etherType) + payload;
  }

  /** From 10.0.0.n to 10.0.1.n. */
  static String ipv4(int n, int protocol, String payload) {
    return ipv4(n, protocol, 0, 20 + length(payload), payload);
  }

  static String ipv4(int n, int protocol, int fragment, int totalLength, String payload) {
    return "4500"
        + u16(totalLength)
        + "0007"
        + u16(fragment)
        + "40"
        + HexFormat.of().toHexDigits((byte) protocol)
        + "0000 0a0000"
        + HexFormat.of().toHexDigits((byte) n)
        + "0a0001"
        + HexFormat.of().toHexDigits((byte) n)
        + payload;
  }

  static String pair(int n) {
    return "10.0.0." + n + " > 10.0.1." + n;
  }

  /** From 2001:db8::n to 2001:db8:1::n. */
  static String ipv6(int n, int protocol, String payload) {
    return "60000000"
        + u16(length(payload))
        + HexFormat.of().toHexDigits((byte) protocol)
        + "40 20010db8 00000000 00000000 0000"
        + u16(n)
        + "20010db8 00010000 00000000 0000"
        + u16(n)
        + payload;
  }

  static String udp(int source, int destination, String payload) {
    return u16(source) + u16(destination) + u16(8 + length(payload)) + "0000" + payload;
  }

  static String gre(int etherType, String payload) {
    return "0000" + u16(etherType) + payload;
  }

  static String vxlan(String frame) {
    return udp(50_000, 4789, "08000000 00002a00" + frame);
  }
}
