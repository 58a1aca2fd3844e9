package imon.samples;

/** The checksum of the internet protocols (RFC 1071). */
final class Checksum {
  private Checksum() {}

  static int of(byte[] bytes) {
    long sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      int octet = bytes[i] & 0xff;
      sum += i % 2 == 0 ? octet << 8 : octet;
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (int) ~sum & 0xffff;
  }

  /** Writes a checksum into the message itself, which is returned. */
  static byte[] put(byte[] message, int at, int sum) {
    message[at] = (byte) (sum >>> 8);
    message[at + 1] = (byte) sum;
    return message;
  }
}
