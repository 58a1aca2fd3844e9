package imon.flow.row;

import imon.decode.Packet;

/** Counts the packets that belong to no flow, by minute. */
public final class Unflowed {
  private static final long MINUTE = 60_000_000_000L;
  private static final Packet.Kind[] KINDS = Packet.Kind.values();

  private final RowWriter rows;
  private final long[] packets = new long[KINDS.length];
  private final long[] bytes = new long[KINDS.length];
  private long minute;

  public Unflowed(RowWriter rows) {
    this.rows = rows;
  }

  /** Counts a packet. */
  public void count(Packet.Kind kind, long time, int wireLength) {
    long itsMinute = time / MINUTE;
    if (itsMinute != minute) {
      flush();
      minute = itsMinute;
    }
    packets[kind.ordinal()]++;
    bytes[kind.ordinal()] += wireLength;
  }

  /** Writes what is counted; the last call of a capture. */
  public void flush() {
    for (Packet.Kind kind : KINDS) {
      int i = kind.ordinal();
      if (packets[i] > 0) {
        rows.begin(RowType.UNFLOWED)
            .number(minute)
            .number(UnflowedClass.of(kind).code())
            .number(packets[i])
            .number(bytes[i])
            .end();
        packets[i] = 0;
        bytes[i] = 0;
      }
    }
  }
}
