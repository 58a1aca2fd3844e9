package imon.cli.output;

import imon.pcap.write.IoReason;
import imon.pcap.write.OwnerOnly;
import imon.report.text.VisibleText;
import imon.store.StoreException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * A file that is there whole or not at all. It is written beside its place under another name that
 * ends in {@code .part}, then renamed; what stood in its place before stays until then, and its
 * permissions pass on. A target that is neither file nor folder (a pipe, a device) is written to
 * directly. Text is UTF-8.
 */
public final class OutputFile {
  /** What goes into the file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Writer out) throws IOException;
  }

  /** What fills the empty file at a path. */
  @FunctionalInterface
  public interface Making {
    void make(Path part) throws IOException;
  }

  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final Path target;
  private final boolean ownerOnly;

  /**
   * @param target where the file shall be; a symbolic link is followed
   */
  public OutputFile(Path target) {
    this(target, false);
  }

  private OutputFile(Path target, boolean ownerOnly) {
    this.target = target.toAbsolutePath();
    this.ownerOnly = ownerOnly;
  }

  /** The same, readable by its owner only, unless it was there before. */
  public static OutputFile ownerOnly(Path target) {
    return new OutputFile(target, true);
  }

  /**
   * Finds early what {@link #write} would meet only at the end of a long work: no folder, a folder
   * that cannot be written to, a folder in the file's place. Creates nothing.
   *
   * @throws IOException with one line that says what, where and what to do
   */
  public void check() throws IOException {
    if (Files.isDirectory(target)) {
      throw refused("it is a folder; give the name of a file");
    }
    if (isSpecial(target)) {
      checkWritable(target);
      return;
    }
    Path folder = place(target).resolveSibling("");
    if (!Files.exists(folder)) {
      throw refused("the folder " + shown(folder) + " does not exist; create it first");
    }
    if (!Files.isDirectory(folder)) {
      throw refused(shown(folder) + " is not a folder; choose another place");
    }
    checkWritable(folder);
  }

  /** The same for {@link #make}: a target that is neither file nor folder is refused. */
  public void checkRegular() throws IOException {
    if (isSpecial(target)) {
      throw refused("it is no regular file; give the name of one");
    }
    check();
  }

  /**
   * Writes the content and puts it in place. When the content or the disk fails, nothing has
   * changed.
   *
   * @throws IOException with one line that says what, where and why
   */
  public void write(Content content) throws IOException {
    if (isSpecial(target)) {
      check();
      writeThrough(content);
      return;
    }
    make(
        part -> {
          try (Writer out = writer(part)) {
            content.writeTo(out);
          }
        });
  }

  private void writeThrough(Content content) throws IOException {
    try (Writer out = Files.newBufferedWriter(target)) {
      content.writeTo(out);
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw failed(e, "choose another place");
    }
  }

  /**
   * Has the file made beside its place, and puts it there. When that or the disk fails, nothing has
   * changed. A target that is neither file nor folder is refused.
   *
   * @throws IOException with one line that says what, where and why
   */
  public void make(Making making) throws IOException {
    make(making, () -> true);
  }

  /**
   * The same; but a file that is there stays when what was made does not replace it.
   *
   * @param replaces is asked when it is made
   */
  public void make(Making making, BooleanSupplier replaces) throws IOException {
    checkRegular();
    Path place = place(target);
    Path part = place.resolveSibling(place.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      create(part);
      making.make(part);
      if (Files.exists(place) && !replaces.getAsBoolean()) {
        return;
      }
      force(part);
      keepPermissions(place, part);
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw failed(e, "what was there is unchanged");
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Writer writer(Path part) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(Files.newOutputStream(part), StandardCharsets.UTF_8));
  }

  /** Others cannot open it before its permissions are right. */
  private void create(Path part) throws IOException {
    if (ownerOnly) {
      OwnerOnly.create(part).close();
    } else {
      Files.createFile(part);
    }
  }

  private static void force(Path part) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view != null && Files.exists(from)) {
      view.setPermissions(Files.getPosixFilePermissions(from));
    }
  }

  private void checkWritable(Path path) throws IOException {
    if (!Files.isWritable(path)) {
      throw refused(
          "no permission to write to " + shown(path) + "; allow it or choose another place");
    }
  }

  /** Whether something stands there that is neither a file nor a folder. */
  static boolean isSpecial(Path target) {
    return Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target);
  }

  /** Where a file is or shall be: links are followed, also one to what is not there yet. */
  static Path place(Path target) throws IOException {
    if (Files.exists(target)) {
      return target.toRealPath();
    }
    Path place = target.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(place); links++) {
      if (links == MOST_LINKS) {
        throw new IOException(
            "cannot write " + shown(target) + ": its links lead nowhere; choose another place");
      }
      place = place.resolveSibling(Files.readSymbolicLink(place));
    }
    Path folder = place.resolveSibling("");
    return Files.exists(folder)
        ? folder.toRealPath().resolve(place.getFileName())
        : place.normalize();
  }

  private IOException failed(IOException e, String then) {
    return new IOException(
        "cannot write " + shown(target) + ": " + IoReason.of(e) + "; " + then, e);
  }

  private IOException refused(String why) {
    return new IOException("cannot write " + shown(target) + ": " + why);
  }

  private static String shown(Path path) {
    return VisibleText.of(path.toString());
  }
}
