package imon.flow.row;

/** Where a worker's rows go, and where it has empty ones from. */
public interface RowSink {
  /** Takes full rows; they belong to the sink from now on. */
  void accept(Rows rows);

  /** Empty rows of this type. */
  Rows empty(RowType type);
}
