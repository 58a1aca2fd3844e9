package imon.flow.row;

import java.util.List;

/** The kinds of facts a capture is turned into; each is a table of the same name in the store. */
public enum RowType {
  /**
   * A flow, or one run of requests of an HTTP connection. {@code packet} is the number of its first
   * packet and identifies it; {@code reversed} says that the connection's first packet came from
   * the server, {@code sliced} that it has slices, {@code opened} that a SYN was seen (never of a
   * run after the first).
   */
  FLOW(
      Column.number("packet"),
      Column.number("start_time"),
      Column.number("end_time"),
      Column.number("protocol"),
      Column.address("client"),
      Column.number("client_port"),
      Column.address("server"),
      Column.number("server_port"),
      Column.number("up_packets"),
      Column.number("up_bytes"),
      Column.number("down_packets"),
      Column.number("down_bytes"),
      Column.number("reversed"),
      Column.number("sliced"),
      Column.number("opened"),
      Column.number("scope"),
      Column.number("service")),
  /**
   * A flow that has requests of which nobody can tell the host: {@code apart} if they are for an
   * address, or for whom cannot be told, so that what other parts of the connection say does not
   * hold for it; else its first request was lost behind its SYN, and what all others say does.
   */
  UNTOLD(Column.number("packet"), Column.number("apart")),
  /**
   * One minute of a flow that lasted over several; forward is the direction of its connection's
   * first packet.
   */
  SLICE(
      Column.number("packet"),
      Column.number("minute"),
      Column.number("forward_packets"),
      Column.number("forward_bytes"),
      Column.number("backward_packets"),
      Column.number("backward_bytes")),
  /** A name found in a flow's own packets. */
  EVIDENCE(
      Column.number("packet"),
      Column.number("kind"),
      Column.name("host"),
      Column.number("seen_packet"),
      Column.number("seen_time")),
  /** An address that a client was told for a name. */
  ANSWER(
      Column.number("seen_packet"),
      Column.number("seen_time"),
      Column.address("client"),
      Column.name("name"),
      Column.name("canonical"),
      Column.address("address"),
      Column.number("ttl"),
      Column.number("kind"),
      Column.number("asked")),
  /**
   * An address that a link-layer address was seen with; it may be said more than once. The negative
   * of one, with 0.0.0.0: it passed on what others had sent.
   */
  LINK(Column.address("address"), Column.number("mac")),
  /** What a device calls itself; it is known by one of link-layer address and address, or both. */
  DEVICE_NAME(
      Column.number("mac"),
      Column.address("address"),
      Column.text("name"),
      Column.number("seen_by")),
  /** A client whose queries are in the capture; it may be said more than once. */
  QUERIER(Column.address("client")),
  /** Packets that belong to no flow, by minute and class. */
  UNFLOWED(
      Column.number("minute"),
      Column.number("class"),
      Column.number("packets"),
      Column.number("bytes"));

  /**
   * One column; an address takes two words of a row; a name is one of many the same, a text is not.
   */
  public record Column(String name, Kind kind) {
    /** What a column holds. */
    public enum Kind {
      NUMBER,
      ADDRESS,
      NAME,
      TEXT
    }

    static Column number(String name) {
      return new Column(name, Kind.NUMBER);
    }

    static Column address(String name) {
      return new Column(name, Kind.ADDRESS);
    }

    static Column text(String name) {
      return new Column(name, Kind.TEXT);
    }

    static Column name(String name) {
      return new Column(name, Kind.NAME);
    }
  }

  // The list and its records never change.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Column> columns;

  RowType(Column... columns) {
    this.columns = List.of(columns);
  }

  public List<Column> columns() {
    return columns;
  }
}
