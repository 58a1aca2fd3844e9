package imon.pcap;

import java.util.Locale;

/** What is wrong with single packets or records. Anomalies are counted and reported, not thrown. */
public enum Anomaly {
  /** The original length is above 256 KiB or below the captured length; the latter counts. */
  IMPOSSIBLE_ORIGINAL_LENGTH,
  /** The time is before 1970 or after 2199 and was clamped. */
  TIME_OUT_OF_RANGE,
  /** The record has no time (pcapng Simple Packet Block) and was given its predecessor's. */
  PACKET_WITHOUT_TIME,
  /** A pcapng option list runs over its block, or an option has the wrong length. */
  BROKEN_OPTION,
  /** A pcapng statistics block that is too short, or of an interface that was not described. */
  BROKEN_STATISTICS,
  /** A record of a pcapng name resolution block runs over it, or has no whole name. */
  BROKEN_NAME_RECORD,
  /** A pcapng name resolution block gives more or longer names than are taken. */
  NAMES_LEFT_OUT,
  /** The packet ends before its link-layer header does. */
  LINK_HEADER_CUT,
  /** A link-layer header with a field that cannot be so. */
  LINK_HEADER_BAD,
  /** The packet ends before its ARP message does. */
  ARP_MESSAGE_CUT,
  /** An ARP message about other addresses than IPv4 over six bytes. */
  ARP_MESSAGE_BAD,
  /** A link type that is not opened; its packets count as non-IP. */
  LINK_TYPE_UNKNOWN,
  /** An 802.11 frame that holds several packets; all its bytes count to the flow of the first. */
  AGGREGATE_NOT_SPLIT,
  /** The packet ends before its IPv4 header does. */
  IPV4_HEADER_CUT,
  /** An IPv4 header length below 20 bytes, or a version other than 4. */
  IPV4_HEADER_BAD,
  /** An IPv4 total length below the header's length. */
  IPV4_LENGTH_BAD,
  /** The packet ends before its IPv6 header does. */
  IPV6_HEADER_CUT,
  /** A version other than 6. */
  IPV6_HEADER_BAD,
  /** The packet ends within an IPv6 extension header. */
  IPV6_EXTENSION_CUT,
  /** The packet ends before a tunnel's header does. */
  TUNNEL_HEADER_CUT,
  /** A tunnel's header with a field that cannot be so. */
  TUNNEL_HEADER_BAD,
  /** More tunnels inside each other than are opened. */
  NESTED_TOO_DEEP,
  /** A copy of a packet shortly before, as a mirror port makes them; it counts like any other. */
  DUPLICATE_PACKET,
  /** The packet ends before its TCP header does. */
  TCP_HEADER_CUT,
  /** A TCP data offset below 20 bytes. */
  TCP_HEADER_BAD,
  /** The packet ends before its UDP header does. */
  UDP_HEADER_CUT,
  /** A UDP length below 8 bytes. */
  UDP_LENGTH_BAD,
  /** The packet ends before its ICMP header does. */
  ICMP_HEADER_CUT,
  /** Fragments of a datagram that might have held a name are missing, or were cut. */
  DATAGRAM_INCOMPLETE,
  /** A datagram was not put together: its fragments contradict each other, or are too many. */
  DATAGRAM_GIVEN_UP,
  /** A DNS message gives more addresses or aliases than are taken. */
  ANSWERS_LEFT_OUT,
  /**
   * The start of a stream was given up: too long, or too much of it out of order, or not captured
   * though its receiver acknowledged it.
   */
  STREAM_START_LOST,
  /**
   * Where the requests of an HTTP connection begin could not be told any further: bytes were lost
   * or cut, or are no HTTP. The rest counts for the last host.
   */
  HTTP_BORDERS_LOST,
  /** An HTTP connection changed hosts more often than is followed; the last has the rest. */
  HTTP_RUNS_LIMIT;

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The kind in kebab-case, as reports and the store show it. */
  public String label() {
    return label;
  }
}
