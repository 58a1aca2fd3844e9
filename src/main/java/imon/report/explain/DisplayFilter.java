package imon.report.explain;

import static java.util.stream.Collectors.joining;

import imon.store.ask.ExplainQuestions.Flow;
import imon.wire.Addresses;
import imon.wire.Addresses.Words;
import imon.wire.IpProtocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Display filters as tshark and Wireshark read them. What would make a filter too long for a
 * command line is left out; {@code imon explain --pcap} leaves nothing out.
 */
final class DisplayFilter {
  /** Most packets, or pairs of ends, that a filter names. */
  static final int MOST_TERMS = 100;

  private DisplayFilter() {}

  /** All flows between two hosts on the same service. */
  private record Pair(Words client, Words server, int protocol, @Nullable Integer serverPort) {}

  /** The packets with these numbers, which ascend; null for none. */
  static @Nullable String ofPackets(List<Long> numbers) {
    if (numbers.isEmpty()) {
      return null;
    }
    return numbers.stream()
        .limit(MOST_TERMS)
        .map(String::valueOf)
        .collect(joining(", ", "frame.number in {", "}"));
  }

  /** The connections of these flows; null for none. */
  static @Nullable String ofFlows(List<Flow> flows) {
    Map<Pair, SortedSet<Integer>> pairs = new LinkedHashMap<>();
    for (Flow flow : flows) {
      Pair pair = new Pair(flow.client(), flow.server(), flow.protocol(), flow.serverPort());
      SortedSet<Integer> ports = pairs.computeIfAbsent(pair, unused -> new TreeSet<>());
      if (flow.clientPort() != null) {
        ports.add(flow.clientPort());
      }
    }
    if (pairs.isEmpty()) {
      return null;
    }
    return pairs.entrySet().stream()
        .limit(MOST_TERMS)
        .map(pair -> term(pair.getKey(), pair.getValue()))
        .collect(joining(" || "));
  }

  /** One pair, with its client's ports unless these are too many. */
  private static String term(Pair pair, SortedSet<Integer> ports) {
    boolean ipv4 = Addresses.isIpv4(pair.client.high(), pair.client.low());
    String address = ipv4 ? "ip.addr == " : "ipv6.addr == ";
    StringBuilder term = new StringBuilder("(");
    term.append(address).append(text(pair.client)).append(" && ");
    term.append(address).append(text(pair.server)).append(" && ");
    String ported = ported(pair.protocol);
    if (pair.serverPort == null || ported == null) {
      return term.append(protocol(pair.protocol, ipv4)).append(')').toString();
    }
    term.append(ported).append(".port == ").append(pair.serverPort);
    if (!ports.isEmpty() && ports.size() <= MOST_TERMS) {
      String all = ports.stream().map(String::valueOf).collect(joining(", "));
      term.append(" && ").append(ported).append(".port in {").append(all).append('}');
    }
    return term.append(')').toString();
  }

  private static String text(Words address) {
    return Addresses.text(address.high(), address.low());
  }

  private static @Nullable String ported(int protocol) {
    return switch (protocol) {
      case IpProtocol.TCP -> "tcp";
      case IpProtocol.UDP, IpProtocol.UDP_LITE -> "udp";
      case IpProtocol.DCCP -> "dccp";
      case IpProtocol.SCTP -> "sctp";
      default -> null;
    };
  }

  /** In IPv6 the protocol may stand behind extension headers. */
  private static String protocol(int protocol, boolean ipv4) {
    if (protocol == IpProtocol.ICMPV6) {
      return "icmpv6";
    }
    return ipv4
        ? "ip.proto == " + protocol
        : "(ipv6.nxt == %1$d || ipv6.hopopts.nxt == %1$d || ipv6.fraghdr.nxt == %1$d)"
            .formatted(protocol);
  }
}
