package imon.job.file;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class NearestWord {
  private NearestWord() {}

  /** The one that needs the fewest letters changed, if these are few for its length. */
  static Optional<String> of(String word, Collection<String> words) {
    return words.stream()
        .filter(other -> distance(word, other) <= most(word))
        .min(
            Comparator.comparingInt((String other) -> distance(word, other))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Two letters in the wrong order are two changes. */
  private static int most(String word) {
    return word.length() < 4 ? 1 : Math.max(2, word.length() / 3);
  }

  /** Levenshtein's: letters to add, remove or replace. */
  private static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int diagonal = above[0];
      above[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = diagonal + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = above[column];
        above[column] = Math.min(replaced, 1 + Math.min(above[column], above[column - 1]));
      }
    }
    return above[to.length()];
  }
}
