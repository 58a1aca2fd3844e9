package imon.cli.output;

import imon.report.text.VisibleText;
import imon.store.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which files a command reads and which it writes: no file is both, and none is written twice,
 * whatever links lead to it. A hard link is another file here, as what is written takes the place
 * of one name; pipes and devices have nothing to lose.
 */
public final class FileUse {
  private final Set<Path> read = new HashSet<>();
  private final Set<Path> written = new HashSet<>();
  private final List<StoredCaptures> stores = new ArrayList<>();

  /**
   * Notes files that are read; folders are none.
   *
   * @throws IllegalArgumentException when one of them is written, too
   */
  public void reads(Collection<Path> files) throws IOException {
    for (Path file : files) {
      if (Files.isRegularFile(file) || !Files.exists(file)) {
        reads(file);
      }
    }
  }

  private void reads(Path file) throws IOException {
    Path place = OutputFile.place(file);
    read.add(place);
    if (written.contains(place)) {
      throw both(file);
    }
  }

  /**
   * Notes a store: its files are read, and its captures are not written over, wherever they are
   * now. To be called before {@link #writes}.
   */
  public void readsStore(StoreFile store) throws IOException {
    reads(store.files());
    if (Files.isRegularFile(store.path())) {
      stores.add(new StoredCaptures(store));
    }
  }

  /**
   * Where a capture is that was named so when a store took it in: seen from the current folder or,
   * when nothing is there, from the store's.
   */
  public String find(String name) {
    return stores.stream()
        .map(store -> store.find(name))
        .filter(found -> !found.equals(name))
        .findFirst()
        .orElse(name);
  }

  /** The same of captures as a store has them; what cannot be a name here is none of a file. */
  public void readsCaptures(List<String> names) throws IOException {
    for (String name : names) {
      try {
        reads(List.of(Path.of(name)));
      } catch (InvalidPathException | IOException elsewhere) {
        // No file that is written can have that name, or stand where it leads.
      }
    }
  }

  /**
   * Notes a file that is written.
   *
   * @throws IllegalArgumentException when it is read, too, or written twice, or a capture of a
   *     store
   */
  public void writes(Path file) throws IOException {
    Path place =
        OutputFile.isSpecial(file) ? file.toAbsolutePath().normalize() : OutputFile.place(file);
    if (read.contains(place)) {
      throw both(file);
    }
    if (!written.add(place)) {
      throw new IllegalArgumentException(shown(file) + ": two outputs cannot go to one file");
    }
    for (StoredCaptures store : stores) {
      if (store.has(place)) {
        throw new IllegalArgumentException(
            shown(file) + ": it is a capture of the store; write to another file");
      }
    }
  }

  private static IllegalArgumentException both(Path file) {
    return new IllegalArgumentException(
        shown(file) + ": this command reads it and would write over it; write to another file");
  }

  private static String shown(Path file) {
    return VisibleText.of(file.toString());
  }
}
