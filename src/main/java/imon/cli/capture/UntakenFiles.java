package imon.cli.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import imon.cli.output.OutputFile;
import imon.live.file.NamePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The finished files of a folder that are not yet in the store, listed in a file beside them: when
 * the capture is killed, the next one takes them. The list is there only while it has a name in it.
 * For several threads.
 */
final class UntakenFiles {
  private static final String SUFFIX = ".untaken";

  private final Path list;
  private final Consumer<String> says;
  private final Set<String> names = new LinkedHashSet<>();

  /** What is in the list is of before: it could not be written. */
  private boolean stale;

  /**
   * Begins with what an earlier capture has left.
   *
   * @param device of the capture; each has a list of its own
   * @param says hears what is wrong, one line at a time
   */
  UntakenFiles(Path folder, String device, Consumer<String> says) {
    list = folder.resolve(NamePattern.fit(device) + SUFFIX);
    this.says = says;
    try {
      names.addAll(Files.readAllLines(list, UTF_8));
    } catch (NoSuchFileException nothingLeft) {
      // As it should be.
    } catch (IOException e) {
      says.accept(list + ": cannot be read: " + e.getMessage());
    }
  }

  /** Those in the list, by the names they have now. */
  synchronized List<Path> all() {
    return names.stream().map(list::resolveSibling).map(UntakenFiles::packedOrNot).toList();
  }

  private static Path packedOrNot(Path file) {
    Path packed = file.resolveSibling(file.getFileName() + NamePattern.PACKED);
    return Files.notExists(file) && Files.exists(packed) ? packed : file;
  }

  /** One more, by the name it has before it may be packed. */
  synchronized void add(Path file) {
    names.add(file.getFileName().toString());
    write();
  }

  /** These need not be taken any more, packed or not. */
  synchronized void remove(Collection<Path> files) {
    boolean changed = names.removeAll(files.stream().map(UntakenFiles::unpackedName).toList());
    if (changed || stale) {
      write();
    }
  }

  private static String unpackedName(Path file) {
    return NamePattern.unpacked(file.getFileName().toString());
  }

  private void write() {
    try {
      if (names.isEmpty()) {
        Files.deleteIfExists(list);
      } else {
        OutputFile.ownerOnly(list).write(out -> out.write(String.join("\n", names) + "\n"));
      }
      stale = false;
    } catch (IOException e) {
      stale = true;
      says.accept("if this capture is killed, the next one will not know: " + e.getMessage());
    }
  }
}
