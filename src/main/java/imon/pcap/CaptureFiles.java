package imon.pcap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that the operands of a command line stand for.
 *
 * @param inputs each file once, by the time of its first packet, then by name; pipes and standard
 *     input come last
 * @param skipped files in folders that are no captures, or still being fetched ({@code *.part})
 * @param problems one line for each operand, folder or file that could not be read
 */
public record CaptureFiles(List<Input> inputs, int skipped, List<String> problems) {
  /**
   * One input.
   *
   * @param path the file; null for standard input
   * @param name what messages call it
   * @param firstPacket time of its first packet in nanoseconds since 1970 UTC; empty when it has
   *     none, and for what can be read only once
   */
  public record Input(@Nullable Path path, String name, OptionalLong firstPacket) {
    /** Opens it for reading, from its start; {@code standardInput} is used if it is that. */
    public CaptureReader open(InputStream standardInput) throws IOException {
      return path == null ? CaptureReader.open(standardInput, name) : CaptureReader.open(path);
    }
  }

  private static final String STANDARD_INPUT = "-";
  private static final String UNFINISHED = ".part";

  /** What Java has for each byte of a name that is none of a character. */
  private static final char NO_CHARACTER = '\uFFFD';

  /**
   * Finds the captures that {@code operands} name: files, folders (with all below them, but not
   * through links to other folders), patterns with {@code * ? [}, and {@code -} for standard input.
   * Opens each file for a moment. Nothing is thrown for an operand that cannot be read.
   */
  public static CaptureFiles find(List<String> operands) {
    Search search = new Search();
    operands.forEach(search::operand);
    search.files.sort(
        Comparator.comparingLong((Input input) -> input.firstPacket().orElse(Long.MAX_VALUE))
            .thenComparing(Input::name));
    search.files.addAll(search.streams);
    return new CaptureFiles(
        List.copyOf(search.files), search.skipped, List.copyOf(search.problems));
  }

  /**
   * The operand that finds this file. A name that is not of the locale's character set is no text:
   * a pattern finds it.
   */
  public static String operand(Path path) {
    String text = path.toString();
    return text.indexOf(NO_CHARACTER) < 0
        ? text
        : FilePattern.literal(text).replace(NO_CHARACTER, '?');
  }

  /**
   * The file that is called so in messages and in a store, which may be no text.
   *
   * @throws InvalidPathException no file can be called so
   */
  public static Path named(String name) {
    Path path = Path.of(name);
    if (name.indexOf(NO_CHARACTER) < 0 || Files.exists(path)) {
      return path;
    }
    return FilePattern.expand(operand(path)).stream()
        .filter(found -> found.toString().equals(name))
        .findFirst()
        .orElse(path);
  }

  /** The inputs that are files or pipes. */
  public List<Path> paths() {
    return inputs.stream().map(Input::path).filter(Objects::nonNull).toList();
  }

  private static final class Search {
    private static final int PEEK_BYTES = 8 * 1024;

    final List<Input> files = new ArrayList<>();
    final List<Input> streams = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    final Block block = new Block(PEEK_BYTES);
    private final Set<Path> seen = new HashSet<>();
    int skipped;
    private int found;

    void operand(String operand) {
      if (operand.equals(STANDARD_INPUT)) {
        standardInput();
        return;
      }
      if (operand.isEmpty()) {
        problems.add("'': no such file; an empty word is no name");
        return;
      }
      try {
        Path path = Path.of(operand);
        if (FilePattern.isPattern(operand) && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          pattern(operand);
        } else if (operand.indexOf(NO_CHARACTER) >= 0 && !Files.exists(path)) {
          problems.add(
              operand + ": a name with bytes that are no UTF-8; give its folder, or a pattern");
        } else {
          named(path);
        }
      } catch (InvalidPathException impossible) {
        problems.add(printable(operand) + ": not a file name");
      }
    }

    private void standardInput() {
      if (streams.stream().noneMatch(input -> input.path() == null)) {
        streams.add(new Input(null, "standard input", OptionalLong.empty()));
      }
    }

    private void pattern(String operand) {
      List<Path> matches = FilePattern.expand(operand);
      if (matches.isEmpty()) {
        problems.add(operand + ": no file matches");
      }
      matches.forEach(this::named);
    }

    private void named(Path path) {
      if (Files.isDirectory(path)) {
        namedFolder(path);
      } else if (Files.exists(path) && !Files.isRegularFile(path)) {
        pipe(path);
      } else {
        file(path, true);
      }
    }

    private void namedFolder(Path path) {
      int foundBefore = found;
      int skippedBefore = skipped;
      int problemsBefore = problems.size();
      folder(path);
      if (found == foundBefore && problems.size() == problemsBefore) {
        int others = skipped - skippedBefore;
        problems.add(
            "%s: no captures in this folder (%d other %s)"
                .formatted(path, others, others == 1 ? "file" : "files"));
      }
    }

    /** What can be read only once is not looked into. */
    private void pipe(Path path) {
      if (seen.add(identity(path))) {
        streams.add(new Input(path, path.toString(), OptionalLong.empty()));
      }
    }

    private void folder(Path folder) {
      List<Path> entries = new ArrayList<>();
      try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
        listing.forEach(entries::add);
      } catch (IOException | DirectoryIteratorException unreadable) {
        problems.add(folder + ": folder cannot be read; check its permissions");
      }
      entries.sort(null);
      entries.forEach(this::entry);
    }

    private void entry(Path path) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        folder(path);
      } else if (Files.isRegularFile(path) && !path.toString().endsWith(UNFINISHED)) {
        file(path, false);
      } else {
        skipped++;
      }
    }

    private void file(Path path, boolean named) {
      Path identity = identity(path);
      if (seen.contains(identity)) {
        found++;
        return;
      }
      try {
        files.add(new Input(path, path.toString(), firstPacket(path)));
        seen.add(identity);
        found++;
      } catch (NotACaptureException other) {
        if (named) {
          problem(other.getMessage());
        } else {
          skipped++;
        }
      } catch (IOException unreadable) {
        problem(unreadable.getMessage());
      }
    }

    private OptionalLong firstPacket(Path path) throws IOException {
      try (CaptureReader reader = CaptureReader.open(path)) {
        return reader.read(block) ? OptionalLong.of(block.time(0)) : OptionalLong.empty();
      }
    }

    private void problem(@Nullable String message) {
      String line = String.valueOf(message);
      if (!problems.contains(line)) {
        problems.add(line);
      }
    }

    private static Path identity(Path path) {
      try {
        return path.toRealPath();
      } catch (IOException unreadable) {
        return path.toAbsolutePath().normalize();
      }
    }

    private static String printable(String operand) {
      return operand.replaceAll("\\p{Cntrl}", "?");
    }
  }
}
