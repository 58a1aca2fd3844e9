package imon.decode;

/**
 * Where in a fragmented datagram the header stands that is to be read when it is whole, as its
 * first fragment showed it; one word, so that it can be kept without an object.
 */
final class DatagramLayout {
  private static final long TUNNEL = 1L << 40;

  private DatagramLayout() {}

  /** A transport header at this offset, behind extension headers if there are any. */
  static long ofTransport(int offset, int protocol) {
    return (long) protocol << 32 | offset;
  }

  /** The innermost IP header at this offset, behind the headers of tunnels. */
  static long ofTunnel(int offset) {
    return TUNNEL | offset;
  }

  static boolean isTunnel(long layout) {
    return (layout & TUNNEL) != 0;
  }

  static int header(long layout) {
    return (int) layout;
  }

  static int protocol(long layout) {
    return (int) (layout >>> 32) & 0xff;
  }
}
