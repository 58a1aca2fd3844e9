package imon.dns;

/**
 * The servers that one message names for what was asked: targets of SRV and MX records (RFC 2782;
 * RFC 1035, section 3.3.9), and where PTR records list a service's instances, targets of their SRV
 * records (RFC 6763, section 12.1). Instances need not be hosts, and so owners are known by their
 * hashes. Constant in size, in any order of records.
 */
final class Servers {
  static final int MAX = 128;

  private final long[] owner = new long[MAX];
  private final String[] target = new String[MAX];
  private int count;
  private int answerCount;

  /** From a name to another one: an alias, or an instance of the service that the name is. */
  private final long[] linkFrom = new long[MAX];

  private final long[] linkTo = new long[MAX];
  private final boolean[] linkLists = new boolean[MAX];
  private int linkCount;

  /** The names that links lead to from the questions, and whether as an instance. */
  private final long[] reached = new long[Questions.MAX_NAMES + MAX];

  private final boolean[] listed = new boolean[Questions.MAX_NAMES + MAX];
  private int reachedCount;

  void clear() {
    count = 0;
    answerCount = 0;
    linkCount = 0;
  }

  boolean isEmpty() {
    return count == 0 && linkCount == 0;
  }

  /** False when there is no room left. */
  boolean add(long ownerHash, String host) {
    if (count == MAX) {
      return false;
    }
    owner[count] = ownerHash;
    target[count] = host;
    count++;
    return true;
  }

  /** Asked before a link is read: names of any length stand in very short records. */
  boolean linksAreFull() {
    return linkCount == MAX;
  }

  /**
   * An answer that leads from a name to another one, as an instance where it {@code lists} these.
   */
  void addLink(long from, long to, boolean lists) {
    linkFrom[linkCount] = from;
    linkTo[linkCount] = to;
    linkLists[linkCount] = lists;
    linkCount++;
  }

  /** All so far are answers, those that follow are additional. */
  void endAnswers() {
    answerCount = count;
  }

  /**
   * Has {@code aliases} start from every server of what was asked. An additional record counts for
   * an instance only, as all others must be answers.
   */
  void startAll(Questions questions, Aliases aliases) {
    reach(questions);
    for (int i = 0; i < count; i++) {
      int at = indexOf(owner[i]);
      if (at >= 0 && (i < answerCount || listed[at])) {
        aliases.start(target[i]);
      }
    }
  }

  private void reach(Questions questions) {
    reachedCount = 0;
    for (int i = 0; i < questions.serverCount(); i++) {
      addReached(questions.serverHash(i), false);
    }
    for (int from = 0; from < reachedCount; from++) {
      for (int link = 0; link < linkCount; link++) {
        if (linkFrom[link] == reached[from] && indexOf(linkTo[link]) < 0) {
          addReached(linkTo[link], linkLists[link] || listed[from]);
        }
      }
    }
  }

  private int indexOf(long hash) {
    for (int i = 0; i < reachedCount; i++) {
      if (reached[i] == hash) {
        return i;
      }
    }
    return -1;
  }

  private void addReached(long hash, boolean asInstance) {
    reached[reachedCount] = hash;
    listed[reachedCount] = asInstance;
    reachedCount++;
  }
}
