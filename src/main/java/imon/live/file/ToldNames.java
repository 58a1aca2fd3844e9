package imon.live.file;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Names that a run has told, so that none is told again for another file once the first is deleted.
 * Used by one thread.
 */
final class ToldNames {
  /** Some 10 MB. An older one comes again only if the clock was set back by as many files. */
  private static final int MOST = 1 << 16;

  private final Set<String> names = new HashSet<>();
  private final Deque<String> oldestFirst = new ArrayDeque<>();

  boolean has(String name) {
    return names.contains(name);
  }

  void add(String name) {
    if (names.add(name)) {
      oldestFirst.add(name);
    }
    if (names.size() > MOST) {
      names.remove(oldestFirst.remove());
    }
  }
}
