package imon.dns;

import imon.wire.Addresses;
import java.util.ArrayList;
import java.util.List;

/** Names of addresses as lines that tests compare. */
final class Named {
  private Named() {}

  /** One line per name: {@code seenBy name address ttl}, a slash between them. */
  static List<String> lines(NamedAddresses named) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < named.count(); i++) {
      lines.add(
          String.join(
              " / ",
              named.seenBy(i).label(),
              named.name(i),
              Addresses.text(named.high(i), named.low(i)),
              Integer.toString(named.ttl(i))));
    }
    return lines;
  }
}
