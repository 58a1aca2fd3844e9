package imon.flow.row;

import imon.decode.Packet;

/** Why packets belong to no flow. The code is what a store keeps and never changes. */
public enum UnflowedClass {
  NON_IP(1, "non-ip"),
  UNDECODABLE(2, "undecodable"),
  /** A packet that a filter rejected ({@code --filter}). */
  FILTERED(3, "filtered"),
  /** A packet that was captured before, and is told apart ({@code --dedupe}). */
  DUPLICATE(4, "duplicate");

  private final int code;
  private final String label;

  UnflowedClass(int code, String label) {
    this.code = code;
    this.label = label;
  }

  public int code() {
    return code;
  }

  /** Name of the class in the ledger. */
  public String label() {
    return label;
  }

  /** Of a packet that belongs to no flow. */
  public static UnflowedClass of(Packet.Kind kind) {
    return switch (kind) {
      case NON_IP -> NON_IP;
      case UNDECODABLE -> UNDECODABLE;
      case FILTERED -> FILTERED;
      case FLOW -> throw new IllegalArgumentException("a packet of a flow");
    };
  }
}
