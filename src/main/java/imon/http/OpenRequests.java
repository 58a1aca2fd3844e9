package imon.http;

/**
 * The requests that wait for their response, in order, as far as their kind matters to it. Bounded:
 * who sends more without reading an answer is not followed.
 */
final class OpenRequests {
  /** What a request's response depends on. */
  enum Kind {
    PLAIN,
    /** Its response has no body. */
    HEAD,
    /** Its response, if good, has no body and ends HTTP. */
    CONNECT
  }

  private static final Kind[] KINDS = Kind.values();
  private static final int CAPACITY = 128;

  private final byte[] kinds = new byte[CAPACITY];
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

  void add(Kind kind) {
    kinds[begun % CAPACITY] = (byte) kind.ordinal();
    begun++;
  }

  /** Of the request that is answered next. */
  Kind kind() {
    return KINDS[kinds[answered % CAPACITY]];
  }

  void answer() {
    answered++;
  }
}
