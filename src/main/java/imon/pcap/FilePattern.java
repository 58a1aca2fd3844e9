package imon.pcap;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shell's patterns, for operands that reach us unexpanded. */
final class FilePattern {
  private FilePattern() {}

  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  /** The pattern that stands for this name. */
  static String literal(String name) {
    return name.replaceAll("[*?\\[]", "[$0]");
  }

  static List<Path> expand(String pattern) {
    Path whole = Path.of(pattern);
    List<Path> matches = new ArrayList<>();
    expand(whole.isAbsolute() ? whole.getRoot() : null, whole, 0, matches);
    return matches;
  }

  private static void expand(@Nullable Path base, Path whole, int depth, List<Path> matches) {
    if (depth == whole.getNameCount()) {
      if (base != null && Files.exists(base)) {
        matches.add(base);
      }
      return;
    }
    String name = whole.getName(depth).toString();
    if (!isPattern(name)) {
      expand(base == null ? Path.of(name) : base.resolve(name), whole, depth + 1, matches);
      return;
    }
    for (Path match : matching(base, name)) {
      expand(match, whole, depth + 1, matches);
    }
  }

  /** Entries of the folder that match, sorted; a leading dot must be spelt out. */
  private static List<Path> matching(@Nullable Path folder, String name) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(folder == null ? Path.of("") : folder)) {
      PathMatcher matcher =
          FileSystems.getDefault().getPathMatcher("glob:" + name.replaceAll("[{}\\\\]", "\\\\$0"));
      for (Path entry : entries) {
        boolean hidden = entry.getFileName().toString().startsWith(".") && !name.startsWith(".");
        if (!hidden && matcher.matches(entry.getFileName())) {
          found.add(folder == null ? entry.getFileName() : entry);
        }
      }
    } catch (IOException | DirectoryIteratorException | IllegalArgumentException none) {
      return List.of();
    }
    found.sort(null);
    return found;
  }
}
