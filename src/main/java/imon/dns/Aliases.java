package imon.dns;

/**
 * The aliases of one message, and where they lead from a name. Constant in size, in any order of
 * records.
 */
final class Aliases {
  static final int MAX = 32;

  private final String[] owner = new String[MAX];
  private final String[] target = new String[MAX];
  private final int[] ttl = new int[MAX];
  private int count;

  /** The names the start leads to, itself first, each with the least TTL on the way there. */
  private final String[] reached = new String[MAX + 1];

  private final int[] reachedTtl = new int[MAX + 1];
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

  /** Follows the aliases from {@code name}; {@link #ttlTo} speaks of it until the next call. */
  void follow(String name) {
    reachedCount = 0;
    addReached(name, Integer.MAX_VALUE);
    for (int from = 0; from < reachedCount; from++) {
      for (int alias = 0; alias < count; alias++) {
        if (owner[alias].equals(reached[from]) && ttlTo(target[alias]) < 0) {
          addReached(target[alias], Math.min(reachedTtl[from], ttl[alias]));
        }
      }
    }
  }

  /** The least TTL on the way to {@code name} in seconds, -1 when nothing leads there. */
  int ttlTo(String name) {
    for (int i = 0; i < reachedCount; i++) {
      if (reached[i].equals(name)) {
        return reachedTtl[i];
      }
    }
    return -1;
  }

  private void addReached(String name, int seconds) {
    reached[reachedCount] = name;
    reachedTtl[reachedCount] = seconds;
    reachedCount++;
  }
}
