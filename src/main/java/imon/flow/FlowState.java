package imon.flow;

import imon.name.service.Service;

/** The bits of a flow's state word. Every pair of bits has A's first, then B's. */
final class FlowState {
  /** Who the client is, as far as packets told: 0 not yet, 1 A, 2 B. */
  private static final int CLIENT = 0;

  /** How sure: 0 not told, 1 receiver of an answer, 2 sender of a request, 3 sender of a SYN. */
  private static final int CLIENT_RANK = 2;

  private static final int RANK_ANSWER = 1;
  private static final int RANK_REQUEST = 2;
  private static final int RANK_SYN = 3;

  /** The direction's first sequence number was in a SYN. */
  private static final int SYN_SEEN = 4;

  /** The byte behind the direction's SYN was seen, or data that stands for it, as none was. */
  private static final int START_SEEN = 6;

  /** Nothing more in this direction can name the flow. */
  private static final int DONE = 8;

  /** Segments of the direction that were looked at as the start of a stream. */
  private static final int STARTS = 10;

  private static final int STARTS_BITS = 4;
  private static final int STARTS_LIMIT = (1 << STARTS_BITS) - 1;

  /** The record is of a later run of requests, not of the connection's first. */
  private static final int LATER_RUN = 18;

  /** The record's requests are for an address, or for whom cannot be told. */
  private static final int APART = 22;

  /** The connection was followed, and was given up while it was silent. */
  private static final int GIVEN_UP = 19;

  /** A ClientHello named the flow; of what the server says only its certificate is of interest. */
  private static final int HELLO_NAMED = 20;

  /** Bytes of the flow, or what they said so far, are or were kept until more packets come. */
  private static final int KEPT = 21;

  /** The other side acknowledged the direction's first bytes, and nobody has seen them. */
  private static final int GAP = 23;

  /** The flow's first packet was sent to all on its link. */
  private static final int BROADCAST = 25;

  /** A proxy was asked for a target. */
  private static final int PROXIED = 26;

  /** Code of the service that the flow's contents show, 0 when they show none. */
  private static final int SERVICE = 27;

  private static final long SERVICE_MASK = 0x3f;

  /** Where {@link Runs} keeps the connection it follows, plus one; 0 when it follows none. */
  private static final int FOLLOWED = 33;

  private static final long FOLLOWED_MASK = (1L << 31) - 1;

  private FlowState() {}

  private static int side(boolean fromA) {
    return fromA ? 0 : 1;
  }

  static long withSynSender(long state, boolean fromA) {
    return withClient(state, fromA, RANK_SYN);
  }

  static long withRequester(long state, boolean fromA) {
    return withClient(state, fromA, RANK_REQUEST);
  }

  static long withAnswerer(long state, boolean fromA) {
    return withClient(state, !fromA, RANK_ANSWER);
  }

  /** The first of the surest kind wins. */
  private static long withClient(long state, boolean isA, long rank) {
    if (rank <= (state >>> CLIENT_RANK & 3)) {
      return state;
    }
    return (state & ~0xfL) | rank << CLIENT_RANK | (isA ? 1 : 2) << CLIENT;
  }

  /** Whether a SYN, request or answer told it. */
  static boolean isClientTold(long state) {
    return (state & 3) != 0;
  }

  /** Whether a SYN or a request told it: of what came before an answer nothing is known. */
  static boolean isClientHeard(long state) {
    return (state >>> CLIENT_RANK & 3) >= RANK_REQUEST;
  }

  static boolean isClientA(long state) {
    return (state & 3) == 1;
  }

  /**
   * Whether the record begins a connection: a SYN was seen, or can be told from the answer to it.
   */
  static boolean isOpened(long state) {
    return (state >>> SYN_SEEN & 3) != 0 && (state >>> LATER_RUN & 1) == 0;
  }

  /** The record is of a later run from now on. */
  static long withLaterRun(long state) {
    return (state & ~(1L << APART)) | 1L << LATER_RUN;
  }

  /**
   * Whether the record's requests have to do with no host that others of the connection are for.
   */
  static boolean isApart(long state) {
    return (state >>> APART & 1) != 0;
  }

  /** The record's requests are for an address, or for whom cannot be told. */
  static long withApart(long state) {
    return state | 1L << APART;
  }

  static boolean isSynSeen(long state, boolean fromA) {
    return (state >>> (SYN_SEEN + side(fromA)) & 1) != 0;
  }

  static long withSynSeen(long state, boolean fromA) {
    return state | 1L << (SYN_SEEN + side(fromA));
  }

  static boolean isStartSeen(long state, boolean fromA) {
    return (state >>> (START_SEEN + side(fromA)) & 1) != 0;
  }

  static long withStartSeen(long state, boolean fromA) {
    return state | 1L << (START_SEEN + side(fromA));
  }

  /** Whether the direction is joined behind its first bytes, though its SYN was seen. */
  static boolean isBehindGap(long state, boolean fromA) {
    return (state >>> (GAP + side(fromA)) & 1) != 0;
  }

  static long withGap(long state, boolean fromA) {
    return state | 1L << (GAP + side(fromA));
  }

  static long withoutGap(long state, boolean fromA) {
    return state & ~(1L << (GAP + side(fromA)));
  }

  /** Whatever either direction began with, it is over: nobody waits for it. */
  static long withBegun(long state) {
    return (state | (state >>> SYN_SEEN & 3) << START_SEEN) & ~(3L << GAP);
  }

  /** Whether the direction's first bytes can be told from others, and none of them was seen. */
  static boolean awaitsStart(long state, boolean fromA) {
    return isStartKnown(state, fromA)
        && !isStartSeen(state, fromA)
        && !isDone(state, fromA)
        && starts(state, fromA) == 0;
  }

  /** Whether it is known where the direction starts, and the start may have been seen. */
  static boolean isStartKnown(long state, boolean fromA) {
    return isSynSeen(state, fromA) && !isBehindGap(state, fromA);
  }

  /**
   * Whether data was seen, or is known of, that told nothing of who asks whom for what, before the
   * sender's first request: no SYN was seen, or nothing of what followed its SYN.
   */
  static boolean isJoinedWithin(long state, boolean fromA) {
    boolean joined =
        isBehindGap(state, fromA)
            || ((state >>> SYN_SEEN & 3) == 0
                && (state >>> START_SEEN & 3) != 0
                && !isClientHeard(state));
    return joined && Service.mayLeadToHttp(service(state));
  }

  static boolean isDone(long state, boolean fromA) {
    return (state >>> (DONE + side(fromA)) & 1) != 0;
  }

  static long withDone(long state, boolean fromA) {
    return state | 1L << (DONE + side(fromA));
  }

  static long withAllDone(long state) {
    return state | 3L << DONE;
  }

  static long withHelloNamed(long state) {
    return state | 1L << HELLO_NAMED;
  }

  static boolean isHelloNamed(long state) {
    return (state >>> HELLO_NAMED & 1) != 0;
  }

  static long withoutDone(long state) {
    return state & ~(3L << DONE);
  }

  /**
   * Each direction goes on with the start of something else, behind what was read, unless enough
   * was looked at.
   */
  static long withOtherStarts(long state) {
    long started = withStart(withStart(state, true), false);
    boolean exhausted = isExhausted(started, true) || isExhausted(started, false);
    return exhausted ? started : withoutDone(started);
  }

  static int starts(long state, boolean fromA) {
    return (int) (state >>> (STARTS + STARTS_BITS * side(fromA))) & STARTS_LIMIT;
  }

  static long withStart(long state, boolean fromA) {
    return starts(state, fromA) == STARTS_LIMIT
        ? state
        : state + (1L << (STARTS + STARTS_BITS * side(fromA)));
  }

  static boolean isFollowed(long state) {
    return state >>> FOLLOWED != 0;
  }

  /** Where it is kept; only of a followed connection. */
  static int followed(long state) {
    return (int) (state >>> FOLLOWED) - 1;
  }

  static long withFollowed(long state, int place) {
    return withoutFollowed(state) | (place + 1L) << FOLLOWED;
  }

  static long withoutFollowed(long state) {
    return state & ~(FOLLOWED_MASK << FOLLOWED);
  }

  static boolean isGivenUp(long state) {
    return (state >>> GIVEN_UP & 1) != 0;
  }

  static long withGivenUp(long state) {
    return state | 1L << GIVEN_UP;
  }

  static boolean isKept(long state) {
    return (state >>> KEPT & 1) != 0;
  }

  static long withKept(long state) {
    return state | 1L << KEPT;
  }

  static int service(long state) {
    return (int) (state >>> SERVICE & SERVICE_MASK);
  }

  /** The first service shown stays. */
  static long withService(long state, int code) {
    return service(state) == 0 ? state | (long) code << SERVICE : state;
  }

  static long withBroadcast(long state) {
    return state | 1L << BROADCAST;
  }

  static boolean isBroadcast(long state) {
    return (state >>> BROADCAST & 1) != 0;
  }

  static long withProxy(long state) {
    return state | 1L << PROXIED;
  }

  static boolean isProxied(long state) {
    return (state >>> PROXIED & 1) != 0;
  }

  /** Whether enough was looked at. */
  static boolean isExhausted(long state, boolean fromA) {
    return starts(state, fromA) == STARTS_LIMIT;
  }
}
