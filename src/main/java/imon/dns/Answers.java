package imon.dns;

import org.jspecify.annotations.Nullable;

/**
 * The aliases and addresses of one message, first as they stand in it, then tied to the name that
 * was asked. Constant in size, in any order of records; what does not fit is left out and said by
 * the caller.
 */
final class Answers {
  static final int MAX_ADDRESSES = 512;
  static final int MAX_ALIASES = 32;

  private final String[] aliasOwner = new String[MAX_ALIASES];
  private final String[] aliasTarget = new String[MAX_ALIASES];
  private final int[] aliasTtl = new int[MAX_ALIASES];
  private int aliasCount;

  /** The names the question leads to, itself first, each with the least TTL on the way there. */
  private final String[] reached = new String[MAX_ALIASES + 1];

  private final int[] reachedTtl = new int[MAX_ALIASES + 1];
  private int reachedCount;

  final String[] asked = new String[MAX_ADDRESSES];
  final String[] canonical = new String[MAX_ADDRESSES];
  final long[] high = new long[MAX_ADDRESSES];
  final long[] low = new long[MAX_ADDRESSES];
  final int[] ttl = new int[MAX_ADDRESSES];
  final AnswerKind[] kind = new AnswerKind[MAX_ADDRESSES];
  private int addressCount;
  private int answerCount;

  void clear() {
    aliasCount = 0;
    addressCount = 0;
    answerCount = 0;
  }

  int count() {
    return addressCount;
  }

  boolean hasAliases() {
    return aliasCount > 0;
  }

  /** False when there is no room left. */
  boolean addAlias(String owner, String target, int seconds) {
    if (aliasCount == MAX_ALIASES) {
      return false;
    }
    aliasOwner[aliasCount] = owner;
    aliasTarget[aliasCount] = target;
    aliasTtl[aliasCount] = seconds;
    aliasCount++;
    return true;
  }

  /** False when there is no room left. Until {@link #tie} the asked name is the record's owner. */
  boolean addAddress(
      AnswerKind recordKind,
      String owner,
      String name,
      long addressHigh,
      long addressLow,
      int seconds) {
    if (addressCount == MAX_ADDRESSES) {
      return false;
    }
    kind[addressCount] = recordKind;
    asked[addressCount] = owner;
    canonical[addressCount] = name;
    high[addressCount] = addressHigh;
    low[addressCount] = addressLow;
    ttl[addressCount] = seconds;
    addressCount++;
    return true;
  }

  /** All addresses so far are answers, those that follow are additional. */
  void endAnswers() {
    answerCount = addressCount;
  }

  /**
   * Gives every address the name that was asked and the least TTL of its chain. An answer no chain
   * leads to keeps its own owner as the asked name; an additional address no chain leads to was not
   * asked for and is dropped.
   */
  void tie(@Nullable String question) {
    reach(question);
    int kept = 0;
    for (int i = 0; i < addressCount; i++) {
      int way = reachedIndex(asked[i]);
      if (way >= 0) {
        asked[i] = reached[0];
        ttl[i] = Math.min(ttl[i], reachedTtl[way]);
      }
      if (way >= 0 || i < answerCount) {
        move(i, kept++);
      }
    }
    addressCount = kept;
  }

  private void reach(@Nullable String question) {
    reachedCount = 0;
    if (question == null) {
      return;
    }
    addReached(question, Integer.MAX_VALUE);
    for (int from = 0; from < reachedCount; from++) {
      for (int alias = 0; alias < aliasCount; alias++) {
        if (aliasOwner[alias].equals(reached[from]) && reachedIndex(aliasTarget[alias]) < 0) {
          addReached(aliasTarget[alias], Math.min(reachedTtl[from], aliasTtl[alias]));
        }
      }
    }
  }

  private void addReached(String name, int seconds) {
    reached[reachedCount] = name;
    reachedTtl[reachedCount] = seconds;
    reachedCount++;
  }

  private int reachedIndex(String name) {
    for (int i = 0; i < reachedCount; i++) {
      if (reached[i].equals(name)) {
        return i;
      }
    }
    return -1;
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
