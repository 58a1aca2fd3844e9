package imon.flow;

import imon.decode.Packet;
import imon.dns.DnsMessage;
import imon.flow.row.RowType;
import imon.flow.row.RowWriter;
import imon.name.NameTable;
import imon.wire.Addresses;

/**
 * Follows the DNS messages of one worker: remembers what was asked, and writes the addresses of
 * every answer with whether it was asked for.
 */
final class DnsWatch {
  private static final int PORT = 53;

  /** How old a query may be for an answer to count as asked for. */
  private static final long ANSWER_WINDOW = 10_000_000_000L;

  private static final int KNOWN_QUERIERS = 1 << 10;

  private final RowWriter rows;
  private final DnsMessage message;
  private final RecentTable queries = new RecentTable(1);
  private final long[] querierHighs = new long[KNOWN_QUERIERS];
  private final long[] querierLows = new long[KNOWN_QUERIERS];

  /** What a message is. */
  enum Role {
    QUERY,
    RESPONSE,
    NOT_DNS
  }

  DnsWatch(RowWriter rows, NameTable names) {
    this.rows = rows;
    message = new DnsMessage(names);
  }

  static boolean isDnsPort(int port) {
    return port == PORT;
  }

  /** Reads one message that came in this packet, or was completed by it. */
  Role message(Packet packet, byte[] buffer, int offset, int limit) {
    if (!message.wrap(buffer, offset, limit)) {
      return Role.NOT_DNS;
    }
    if (message.isResponse()) {
      answer(packet);
      return Role.RESPONSE;
    }
    query(packet);
    return Role.QUERY;
  }

  private void query(Packet packet) {
    int at = queries.put(signature(packet), packet.number());
    queries.words()[at] = packet.time();
    noteQuerier(packet.sourceHigh(), packet.sourceLow());
  }

  private void answer(Packet packet) {
    boolean asked = message.addressCount() > 0 && wasAsked(packet);
    for (int i = 0; i < message.addressCount(); i++) {
      rows.begin(RowType.ANSWER)
          .number(packet.number())
          .number(packet.time())
          .address(packet.destinationHigh(), packet.destinationLow())
          .name(message.askedName(i))
          .name(message.canonicalName(i))
          .address(message.addressHigh(i), message.addressLow(i))
          .number(message.ttl(i))
          .number(message.kind(i).ordinal())
          .flag(asked)
          .end();
    }
  }

  private boolean wasAsked(Packet packet) {
    int at = queries.find(signature(packet), packet.number());
    if (at < 0) {
      return false;
    }
    long age = packet.time() - queries.words()[at];
    return age >= 0 && age <= ANSWER_WINDOW;
  }

  /** The same for a query and its answer: five-tuple, id and question. */
  private long signature(Packet packet) {
    long pair =
        Addresses.pairHash(
            packet.sourceHigh(),
            packet.sourceLow(),
            packet.destinationHigh(),
            packet.destinationLow());
    boolean response = message.isResponse();
    long clientPort = response ? packet.destinationPort() : packet.sourcePort();
    long serverPort = response ? packet.sourcePort() : packet.destinationPort();
    long ends = (long) packet.protocol() << 48 | clientPort << 32 | serverPort << 16 | message.id();
    return Addresses.hash(Addresses.hash(pair, ends), message.questionHash());
  }

  /** A client is written again when another has taken its place among the known ones. */
  private void noteQuerier(long high, long low) {
    int slot = (int) (Addresses.hash(high, low) >>> 54);
    if (querierHighs[slot] != high || querierLows[slot] != low) {
      querierHighs[slot] = high;
      querierLows[slot] = low;
      rows.begin(RowType.QUERIER).address(high, low).end();
    }
  }
}
