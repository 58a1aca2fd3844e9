package imon.store.ask;

/** Words of SQL that many questions share. */
final class Amounts {
  /** The columns that {@link imon.store.Traffic#of} reads, of at least one row. */
  static final String SUMS =
      "sum(connections)::BIGINT, sum(up_packets)::BIGINT, sum(up_bytes)::BIGINT,"
          + " sum(down_packets)::BIGINT, sum(down_bytes)::BIGINT";

  /** The same of any number of rows. */
  static final String SUMS_OR_ZERO =
      "coalesce(sum(connections), 0)::BIGINT, coalesce(sum(up_packets), 0)::BIGINT,"
          + " coalesce(sum(up_bytes), 0)::BIGINT, coalesce(sum(down_packets), 0)::BIGINT,"
          + " coalesce(sum(down_bytes), 0)::BIGINT";

  /** The largest first; whatever is as large has to be ordered further. */
  static final String LARGEST = "sum(up_bytes + down_bytes) DESC";

  private Amounts() {}

  /** What all rows of a group have in a column of text; null where they differ, or one has none. */
  static String common(String column) {
    return "if(count(DISTINCT coalesce(%1$s, '')) = 1, min(%1$s), NULL)".formatted(column);
  }
}
