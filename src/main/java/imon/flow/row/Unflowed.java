package imon.flow.row;

/** Counts the packets that belong to no flow, by minute. */
public final class Unflowed {
  private static final long MINUTE = 60_000_000_000L;
  private static final UnflowedClass[] CLASSES = UnflowedClass.values();

  private final RowWriter rows;
  private final long[] packets = new long[CLASSES.length];
  private final long[] bytes = new long[CLASSES.length];
  private long minute;

  public Unflowed(RowWriter rows) {
    this.rows = rows;
  }

  /** Counts a packet. */
  public void count(UnflowedClass why, long time, int wireLength) {
    long itsMinute = time / MINUTE;
    if (itsMinute != minute) {
      flush();
      minute = itsMinute;
    }
    packets[why.ordinal()]++;
    bytes[why.ordinal()] += wireLength;
  }

  /** Writes what is counted; the last call of a capture. */
  public void flush() {
    for (UnflowedClass why : CLASSES) {
      int i = why.ordinal();
      if (packets[i] > 0) {
        rows.begin(RowType.UNFLOWED)
            .number(minute)
            .number(why.code())
            .number(packets[i])
            .number(bytes[i])
            .end();
        packets[i] = 0;
        bytes[i] = 0;
      }
    }
  }
}
