package imon.dns;

/**
 * The addresses of one message, or the public names of its ECH configurations, first as they stand
 * in it, then tied to the names that were asked. Constant in size, in any order of records; what
 * does not fit is left out and said by the caller.
 */
final class Answers {
  static final int MAX_ADDRESSES = 512;
  static final int MAX_PUBLIC_NAMES = 32;

  private static final String LINK_DOMAIN = ".local";

  /** Who asks for this asks which resolvers the one asked stands for (RFC 9462, section 4). */
  private static final String DESIGNATED_RESOLVERS = "resolver.arpa";

  final String[] asked;
  final String[] canonical;
  final long[] high;
  final long[] low;
  final int[] ttl;
  final AnswerKind[] kind;
  private final boolean[] tied;
  private int count;
  private int answerCount;

  Answers(int capacity) {
    asked = new String[capacity];
    canonical = new String[capacity];
    high = new long[capacity];
    low = new long[capacity];
    ttl = new int[capacity];
    kind = new AnswerKind[capacity];
    tied = new boolean[capacity];
  }

  void clear() {
    count = 0;
    answerCount = 0;
  }

  int count() {
    return count;
  }

  /** False when there is no room left. Until {@link #tie} the asked name is the record's owner. */
  boolean add(
      AnswerKind recordKind,
      String owner,
      String name,
      long addressHigh,
      long addressLow,
      int seconds) {
    if (count == kind.length) {
      return false;
    }
    kind[count] = recordKind;
    asked[count] = owner;
    canonical[count] = name;
    high[count] = addressHigh;
    low[count] = addressLow;
    ttl[count] = seconds;
    tied[count] = false;
    count++;
    return true;
  }

  /** All so far are answers, those that follow are additional. */
  void endAnswers() {
    answerCount = count;
  }

  /**
   * Gives every answer that the aliases lead to from {@code question} that name, and the least TTL
   * of its chain. For a message with several questions, called for one after the other. Designated
   * resolvers have names of their own.
   */
  void tie(Aliases aliases, String question) {
    aliases.follow(question);
    boolean designated = question.equals(DESIGNATED_RESOLVERS);
    for (int i = 0; i < count; i++) {
      boolean nameless = designated && canonical[i].equals(question);
      if (!nameless) {
        tie(i, aliases, designated);
      }
    }
  }

  /** Gives every answer that the aliases lead to from any of their starts the name of that. */
  void tie(Aliases aliases) {
    for (int i = 0; i < count; i++) {
      tie(i, aliases, false);
    }
  }

  private void tie(int i, Aliases aliases, boolean ownName) {
    int at = tied[i] ? -1 : aliases.indexOf(asked[i]);
    if (at >= 0) {
      asked[i] = ownName ? canonical[i] : aliases.startOf(at);
      ttl[i] = Math.min(ttl[i], aliases.ttlTo(at));
      tied[i] = true;
    }
  }

  /**
   * Ends the tying: what no chain leads to was not asked for and is dropped, unless it is an answer
   * and {@code keepAnswers}, or speaks of a host of the link and {@code keepLocal}. It keeps its
   * own owner as the asked name.
   */
  void dropUnasked(boolean keepAnswers, boolean keepLocal) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (tied[i]
          || (keepAnswers && i < answerCount)
          || (keepLocal && asked[i].endsWith(LINK_DOMAIN))) {
        move(i, kept++);
      }
    }
    count = kept;
  }

  private void move(int from, int to) {
    if (from != to) {
      asked[to] = asked[from];
      canonical[to] = canonical[from];
      high[to] = high[from];
      low[to] = low[from];
      ttl[to] = ttl[from];
      kind[to] = kind[from];
    }
  }
}
