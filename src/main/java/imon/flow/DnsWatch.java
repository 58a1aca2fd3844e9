package imon.flow;

import imon.decode.Packet;
import imon.dns.AnswerKind;
import imon.dns.DnsMessage;
import imon.dns.Fault;
import imon.dns.NamedAddresses;
import imon.flow.option.LocalNetworks;
import imon.flow.recent.RecentTable;
import imon.flow.recent.Repeats;
import imon.flow.recent.Signatures;
import imon.flow.recent.StreamStart;
import imon.flow.row.RowType;
import imon.flow.row.RowWriter;
import imon.flow.row.Rows;
import imon.flow.row.Scope;
import imon.name.NameTable;
import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.wire.Addresses;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows the DNS messages of one worker: remembers what was asked, and writes every answer with
 * whether it was asked for, and the devices that link-local name resolution tells of.
 */
final class DnsWatch {
  private static final int DNS = 53;
  private static final int MULTICAST_DNS = 5353;
  private static final int LLMNR = 5355;

  private static final int STANDARD_QUERY = 0;

  /** How old a query may be for an answer to count as asked for. */
  private static final long ANSWER_WINDOW = 10_000_000_000L;

  private final RowWriter rows;
  private final Devices devices;
  private final LocalNetworks local;
  private final AnomalyCounts anomalies;
  private final DnsMessage message;
  private final RecentTable queries = new RecentTable(1);
  private final Repeats queriers = new Repeats();

  /** The answers that the first fragment of the current message has shown. */
  private final Signatures written = new Signatures();

  /** What a message is. */
  enum Role {
    QUERY,
    RESPONSE,
    NOT_DNS
  }

  DnsWatch(
      RowWriter rows,
      Devices devices,
      NameTable names,
      LocalNetworks local,
      AnomalyCounts anomalies) {
    this.rows = rows;
    this.devices = devices;
    this.local = local;
    this.anomalies = anomalies;
    message = new DnsMessage(names);
  }

  /** Whether a datagram is DNS by its ports. */
  static boolean isDatagramPort(Packet packet) {
    return isStreamPort(packet) || isLinkLocal(packet);
  }

  /** Whether a stream is DNS by its ports. */
  static boolean isStreamPort(Packet packet) {
    return packet.sourcePort() == DNS || packet.destinationPort() == DNS;
  }

  /** Whether a packet is of those who ask everybody on the link (RFC 6762, RFC 4795). */
  static boolean isLinkLocal(Packet packet) {
    return isLinkLocal(packet.sourcePort()) || isLinkLocal(packet.destinationPort());
  }

  private static boolean isLinkLocal(int port) {
    return port == MULTICAST_DNS || port == LLMNR;
  }

  /**
   * Reads the whole messages of a stream, which this packet completes, and consumes them: each has
   * its length before it (RFC 7766, section 8). Whether one is a query.
   */
  boolean messages(Packet packet, StreamStart stream) {
    boolean asks = false;
    int at = 0;
    int framed = DnsMessage.framedLength(stream.bytes(), at, stream.contiguous());
    while (at + framed <= stream.contiguous()) {
      asks |= message(packet, stream.bytes(), at + 2, at + framed) == Role.QUERY;
      at += framed;
      framed = DnsMessage.framedLength(stream.bytes(), at, stream.contiguous());
    }
    stream.consume(at);
    return asks;
  }

  /**
   * Reads one message that came in this packet, or was completed by it. Of one whose first fragment
   * was read before, only the answers behind that are written.
   */
  Role message(Packet packet, byte[] buffer, int offset, int limit) {
    written.clear();
    if (packet.repeated() > 0) {
      noteWritten(buffer, offset, offset + packet.repeated());
    }
    if (!message.wrap(buffer, offset, limit)) {
      return Role.NOT_DNS;
    }
    if (message.isResponse()) {
      answer(packet);
      return Role.RESPONSE;
    }
    if (message.opcode() != STANDARD_QUERY || message.questionHash() == 0) {
      return Role.NOT_DNS;
    }
    query(packet);
    return Role.QUERY;
  }

  private void noteWritten(byte[] buffer, int offset, int limit) {
    if (!message.wrap(buffer, offset, limit) || !message.isResponse()) {
      return;
    }
    for (int i = 0; i < message.addressCount(); i++) {
      written.add(addressSignature(i));
    }
    for (int i = 0; i < message.reverseAnswers().count(); i++) {
      written.add(reverseSignature(i));
    }
    for (int i = 0; i < message.echCount(); i++) {
      written.add(echSignature(i));
    }
  }

  private long addressSignature(int i) {
    return answerSignature(
        message.askedName(i),
        message.canonicalName(i),
        message.addressHigh(i),
        message.addressLow(i),
        message.kind(i));
  }

  private long reverseSignature(int i) {
    NamedAddresses reverse = message.reverseAnswers();
    return answerSignature(reverse.name(i), null, reverse.high(i), reverse.low(i), AnswerKind.PTR);
  }

  private long echSignature(int i) {
    return answerSignature(message.echAskedName(i), message.echPublicName(i), 0, 0, AnswerKind.ECH);
  }

  private static long answerSignature(
      @Nullable String name, @Nullable String other, long high, long low, AnswerKind kind) {
    long names = (long) Objects.hashCode(name) << 32 | (Objects.hashCode(other) & 0xffff_ffffL);
    return Addresses.hash(Addresses.hash(high, low), Addresses.hash(names, kind.ordinal()));
  }

  private void query(Packet packet) {
    if (isLinkLocal(packet)) {
      return;
    }
    int at = queries.put(signature(packet), packet.number());
    queries.words()[at] = packet.time();
    if (queriers.isNew(packet.sourceHigh(), packet.sourceLow())) {
      rows.begin(RowType.QUERIER).address(packet.sourceHigh(), packet.sourceLow()).end();
    }
  }

  private void answer(Packet packet) {
    boolean asked = wasAsked(packet);
    if (message.fault() == Fault.LIMITED) {
      anomalies.count(Anomaly.ANSWERS_LEFT_OUT, packet.number());
    }
    for (int i = 0; i < message.addressCount(); i++) {
      if (written.isEmpty() || !written.contains(addressSignature(i))) {
        writeAddress(packet, i, asked);
      }
    }
    for (int i = 0; i < message.reverseAnswers().count(); i++) {
      if (written.isEmpty() || !written.contains(reverseSignature(i))) {
        writeReverse(packet, i, asked);
      }
    }
    for (int i = 0; i < message.echCount(); i++) {
      if (written.isEmpty() || !written.contains(echSignature(i))) {
        writeEch(packet, i, asked);
      }
    }
    if (isLinkLocal(packet)) {
      devices.names(message.devices(), packet);
    }
  }

  private void writeAddress(Packet packet, int i, boolean asked) {
    begin(packet)
        .name(message.askedName(i))
        .name(message.canonicalName(i))
        .address(message.addressHigh(i), message.addressLow(i))
        .number(message.ttl(i))
        .number(message.kind(i).ordinal())
        .flag(asked)
        .end();
  }

  private void writeReverse(Packet packet, int i, boolean asked) {
    NamedAddresses reverse = message.reverseAnswers();
    begin(packet)
        .name(reverse.name(i))
        .name(null)
        .address(reverse.high(i), reverse.low(i))
        .number(reverse.ttl(i))
        .number(AnswerKind.PTR.ordinal())
        .flag(asked)
        .end();
  }

  private void writeEch(Packet packet, int i, boolean asked) {
    begin(packet)
        .name(message.echAskedName(i))
        .name(message.echPublicName(i))
        .noAddress()
        .number(message.echTtl(i))
        .number(AnswerKind.ECH.ordinal())
        .flag(asked)
        .end();
  }

  private Rows begin(Packet packet) {
    return rows.begin(RowType.ANSWER)
        .number(packet.number())
        .number(packet.time())
        .address(packet.destinationHigh(), packet.destinationLow());
  }

  /**
   * Whether a query for this answer was seen. One that went to all on the link was sent to another
   * address than the answer comes from, and so another worker may have it; answers from the link
   * itself count without.
   */
  private boolean wasAsked(Packet packet) {
    if (isLinkLocal(packet)) {
      return isOnLink(packet);
    }
    int at = queries.find(signature(packet), packet.number());
    if (at < 0) {
      return false;
    }
    long age = packet.time() - queries.words()[at];
    return age >= 0 && age <= ANSWER_WINDOW;
  }

  private boolean isOnLink(Packet packet) {
    Scope scope =
        local.scope(
            packet.sourceHigh(),
            packet.sourceLow(),
            packet.destinationHigh(),
            packet.destinationLow());
    return scope != Scope.INTERNET;
  }

  /** The same for a query and its answer: five-tuple, id and question. */
  private long signature(Packet packet) {
    boolean response = message.isResponse();
    long clientPort = response ? packet.destinationPort() : packet.sourcePort();
    long serverPort = response ? packet.sourcePort() : packet.destinationPort();
    long ends = (long) packet.protocol() << 48 | clientPort << 32 | serverPort << 16 | message.id();
    long pair =
        Addresses.pairHash(
            packet.sourceHigh(),
            packet.sourceLow(),
            packet.destinationHigh(),
            packet.destinationLow());
    return Addresses.hash(Addresses.hash(pair, ends), message.questionHash());
  }
}
