package imon.report.read;

/** Adds up all figures of a document, so that no sum a renderer makes can overflow. */
final class FigureSum {
  /**
   * More bytes than there are on any wire, and few enough to be multiplied by a header's length.
   */
  static final long MOST = 1L << 56;

  private long sum;

  /** False when this figure makes it too much. */
  boolean add(long figure) {
    sum += figure;
    return figure <= MOST && sum >= 0;
  }
}
