package imon.analysis.recent;

import imon.live.file.NamePattern;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the files of a capture have grown by since the last look, also when they are turned over or
 * packed between two looks. Files that were finished before it began are left alone. Used by one
 * thread.
 */
public final class AppendedRecords implements Closeable {
  private final Path folder;
  private final NamePattern pattern;
  private final FileTime since;

  /** Those that may have more, by the names they have when finished; the oldest first. */
  private final Map<String, AppendedFile> open = new LinkedHashMap<>();

  private final Set<String> done = new HashSet<>();

  /** What a look has found, in order; arrays of bytes stay as they are. */
  public static final class Found {
    private final List<Piece> pieces = new ArrayList<>();

    List<Piece> pieces() {
      return pieces;
    }

    /** Whether nothing is new. */
    public boolean isEmpty() {
      return pieces.isEmpty();
    }
  }

  /** A file by the name it has when it is finished. */
  private record Candidate(String name, Path path, FileTime changed, boolean finished) {}

  /**
   * Begins with files that are being written now.
   *
   * @param since when the capture began; files changed last before that are none of its
   */
  public AppendedRecords(Path folder, NamePattern pattern, Instant since) {
    this.folder = folder;
    this.pattern = pattern;
    this.since = FileTime.from(since);
  }

  /**
   * Reads what is new. If that is more than asked for, the newest of it is read.
   *
   * @param most bytes of records, at least 512 KiB
   */
  public Found look(int most) throws IOException {
    List<Candidate> candidates = candidates();
    Set<String> names = new HashSet<>();
    candidates.forEach(candidate -> names.add(candidate.name()));
    done.retainAll(names);
    Set<String> gone = new HashSet<>(open.keySet());
    gone.removeAll(names);
    for (Candidate candidate : candidates) {
      if (!open.containsKey(candidate.name()) && !done.contains(candidate.name())) {
        open(candidate);
      }
    }
    Found found = read(most);
    candidates.stream().filter(Candidate::finished).forEach(c -> close(c.name()));
    gone.forEach(this::close);
    return found;
  }

  private List<Candidate> candidates() throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        add(entry, candidates);
      }
    }
    candidates.sort(Comparator.comparing(Candidate::changed).thenComparing(Candidate::name));
    return candidates;
  }

  private void add(Path entry, List<Candidate> candidates) throws IOException {
    String name = entry.getFileName().toString();
    boolean finished = !name.endsWith(NamePattern.UNFINISHED);
    String finalName =
        finished
            ? NamePattern.unpacked(name)
            : name.substring(0, name.length() - NamePattern.UNFINISHED.length());
    if (finalName.endsWith(NamePattern.PACKED) || !pattern.recognises(finalName)) {
      return;
    }
    try {
      FileTime changed = Files.getLastModifiedTime(entry);
      if (changed.compareTo(since) >= 0 || open.containsKey(finalName)) {
        candidates.add(new Candidate(finalName, entry, changed, finished));
      }
    } catch (NoSuchFileException gone) {
      // Renamed or deleted at this moment; the next look tells which.
    }
  }

  private void open(Candidate candidate) throws IOException {
    boolean packed = candidate.path().toString().endsWith(NamePattern.PACKED);
    try {
      open.put(
          candidate.name(),
          packed ? AppendedFile.unpack(candidate.path()) : AppendedFile.open(candidate.path()));
    } catch (NoSuchFileException gone) {
      // As above.
    }
  }

  private Found read(int most) throws IOException {
    Map<AppendedFile, Long> waiting = new HashMap<>();
    long surplus = -most;
    for (AppendedFile file : open.values()) {
      long bytes = file.waiting();
      waiting.put(file, bytes);
      surplus += bytes;
    }
    Found found = new Found();
    for (AppendedFile file : open.values()) {
      long bytes = waiting.getOrDefault(file, 0L);
      long skip = Math.min(bytes, Math.max(0, surplus));
      surplus -= skip;
      file.read(most, skip).ifPresent(found.pieces::add);
    }
    return found;
  }

  /** A finished file, and one that is gone, has no more than what was read. */
  private void close(String finished) {
    AppendedFile file = open.remove(finished);
    done.add(finished);
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException nothingWritten) {
      // It was only read.
    }
  }

  @Override
  public void close() throws IOException {
    for (AppendedFile file : open.values()) {
      file.close();
    }
    open.clear();
  }
}
