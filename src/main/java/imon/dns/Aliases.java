package imon.dns;

/**
 * The aliases of one message, and where they lead from some names. Constant in size, in any order
 * of records.
 */
final class Aliases {
  static final int MAX = 32;
  private static final int MAX_REACHED = MAX + Servers.MAX;

  private final String[] owner = new String[MAX];
  private final String[] target = new String[MAX];
  private final int[] ttl = new int[MAX];
  private int count;

  /** The starts and the names they lead to, each with its start and the least TTL on the way. */
  private final String[] reached = new String[MAX_REACHED];

  private final String[] reachedFrom = new String[MAX_REACHED];
  private final int[] reachedTtl = new int[MAX_REACHED];
  private int reachedCount;

  void clear() {
    count = 0;
    reachedCount = 0;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** False when there is no room left. */
  boolean add(String aliasOwner, String aliasTarget, int seconds) {
    if (count == MAX) {
      return false;
    }
    owner[count] = aliasOwner;
    target[count] = aliasTarget;
    ttl[count] = seconds;
    count++;
    return true;
  }

  /** Follows the aliases from {@code name} alone. */
  void follow(String name) {
    forgetStarts();
    start(name);
    follow();
  }

  void forgetStarts() {
    reachedCount = 0;
  }

  /** One more name to start from, at most {@value Servers#MAX}. */
  void start(String name) {
    if (indexOf(name) < 0) {
      addReached(name, name, Integer.MAX_VALUE);
    }
  }

  /** Follows the aliases from all starts; {@link #indexOf} knows what they lead to. */
  void follow() {
    for (int from = 0; from < reachedCount; from++) {
      for (int alias = 0; alias < count; alias++) {
        if (owner[alias].equals(reached[from]) && indexOf(target[alias]) < 0) {
          addReached(target[alias], reachedFrom[from], Math.min(reachedTtl[from], ttl[alias]));
        }
      }
    }
  }

  /** For the accessors below; -1 when nothing leads to {@code name}. */
  int indexOf(String name) {
    for (int i = 0; i < reachedCount; i++) {
      if (reached[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The name from which aliases lead there. */
  String startOf(int index) {
    return reachedFrom[index];
  }

  /** The least TTL on the way there in seconds. */
  int ttlTo(int index) {
    return reachedTtl[index];
  }

  private void addReached(String name, String from, int seconds) {
    reached[reachedCount] = name;
    reachedFrom[reachedCount] = from;
    reachedTtl[reachedCount] = seconds;
    reachedCount++;
  }
}
