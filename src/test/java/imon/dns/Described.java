package imon.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a message resolves, as lines that tests compare. */
final class Described {
  private Described() {}

  /** One line per address: {@code kind asked canonical address ttl}. */
  static List<String> addresses(DnsMessage message) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < message.addressCount(); i++) {
      lines.add(
          String.join(
              " ",
              message.kind(i).label(),
              message.askedName(i),
              message.canonicalName(i),
              address(message.addressHigh(i), message.addressLow(i)),
              Integer.toString(message.ttl(i))));
    }
    return lines;
  }

  private static String address(long high, long low) {
    byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
