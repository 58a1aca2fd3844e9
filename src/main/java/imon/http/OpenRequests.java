package imon.http;

/**
 * The requests that wait for their response, in order: of each only whether it was a HEAD, which
 * decides whether its response has a body. Bounded: who sends more without reading an answer is not
 * followed.
 */
final class OpenRequests {
  /** Requests that may wait at the same time. */
  static final int CAPACITY = 64;

  /** One bit for each number, modulo the capacity. */
  private long heads;

  private int begun;
  private int answered;

  /** The number of the next request. */
  int begun() {
    return begun;
  }

  /** The number of the request that is answered next. */
  int answered() {
    return answered;
  }

  boolean isEmpty() {
    return begun == answered;
  }

  boolean isFull() {
    return begun - answered == CAPACITY;
  }

  void add(boolean head) {
    long bit = 1L << begun % CAPACITY;
    heads = head ? heads | bit : heads & ~bit;
    begun++;
  }

  /** Whether the request that is answered next was a HEAD. */
  boolean isHead() {
    return (heads >>> answered % CAPACITY & 1) != 0;
  }

  void answer() {
    answered++;
  }
}
