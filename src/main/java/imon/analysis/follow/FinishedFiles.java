package imon.analysis.follow;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tells which files of a folder are finished: they stand as they stood at the look before, and a
 * newer file of their series is there, or they have been left alone for some time and end with a
 * whole record, or for a long time: whoever wrote them was killed. tcpdump closes a file before it
 * opens the next, both by size (-C) and by time (-G).
 */
final class FinishedFiles {
  /** What a capture is called until it is whole. */
  private static final String UNFINISHED = ".part";

  /** So many times as long is one left alone that ends within a record; 15 minutes usually. */
  private static final int LONGER = 15;

  private final Duration quiet;
  private final Predicate<Path> endsWhole;
  private Map<Path, Sighting> before = Map.of();
  private final Map<Path, Sighting> told = new HashMap<>();

  /** Those found to end within a record, as they stood then: to find out is to read all of it. */
  private final Map<Path, Sighting> cut = new HashMap<>();

  /**
   * Begins without having seen any.
   *
   * @param quiet how long the newest file of a series is left alone when it is finished
   * @param endsWhole whether a capture ends with a whole record
   */
  FinishedFiles(Duration quiet, Predicate<Path> endsWhole) {
    this.quiet = quiet;
    this.endsWhole = endsWhole;
  }

  /** Those that are finished and were not told before as they stand now, the oldest first. */
  List<Path> look(List<Sighting> sightings, Instant now) {
    Map<Path, Sighting> seen = new HashMap<>();
    Map<String, Instant> newest = new HashMap<>();
    for (Sighting file : sightings) {
      seen.put(file.path(), file);
      newest.merge(series(file.path()), file.changed(), (a, b) -> a.isAfter(b) ? a : b);
    }
    List<Sighting> finished = new ArrayList<>();
    for (Sighting file : sightings) {
      Instant latest = newest.getOrDefault(series(file.path()), file.changed());
      if (isNews(file) && isFinished(file, latest, now)) {
        finished.add(file);
        told.put(file.path(), file);
      }
    }
    told.keySet().retainAll(seen.keySet());
    cut.keySet().retainAll(seen.keySet());
    before = seen;
    finished.sort(Comparator.comparing(Sighting::changed).thenComparing(Sighting::path));
    return finished.stream().map(Sighting::path).toList();
  }

  private boolean isNews(Sighting file) {
    return file.bytes() > 0
        && !file.path().toString().endsWith(UNFINISHED)
        && file.equals(before.get(file.path()))
        && !file.equals(told.get(file.path()));
  }

  private boolean isFinished(Sighting file, Instant newest, Instant now) {
    if (newest.isAfter(file.changed())) {
      return true;
    }
    Duration alone = Duration.between(file.changed(), now);
    return alone.compareTo(quiet) >= 0
        && (endsWhole(file) || alone.compareTo(quiet.multipliedBy(LONGER)) >= 0);
  }

  private boolean endsWhole(Sighting file) {
    if (file.equals(cut.get(file.path()))) {
      return false;
    }
    boolean whole = endsWhole.test(file.path());
    if (!whole) {
      cut.put(file.path(), file);
    }
    return whole;
  }

  /** The files of a rotation differ in digits only: a number, or a time. */
  private static String series(Path path) {
    return path.toString().replaceAll("[0-9]+", "");
  }
}
