package imon.live.file;

import imon.pcap.write.IoReason;
import imon.pcap.write.OwnerOnly;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Gives out files to one thread that writes captures. All else happens on two threads of its own:
 * one makes the next file ahead, gives files their names and deletes what is not kept; the other
 * packs.
 */
public final class CaptureFolder implements Closeable {
  private static final long MOST_DAYS_TO_END = 1;

  private final FolderOptions options;
  private final CaptureListener listener;
  private final Clock clock;
  private final ExecutorService clerk = thread("imon-files");
  private final ExecutorService packer = thread("imon-packing");
  private final AtomicReference<@Nullable PartFile> spare = new AtomicReference<>();

  /**
   * The name that was told last, as the first file of its time has it, and which of them it was.
   */
  private String toldName = "";

  private int toldNumber;
  private final AtomicBoolean tidyingComplained = new AtomicBoolean();

  /** Of the thread that names files. */
  private LostFiles lost = LostFiles.NONE;

  /**
   * A folder to {@link #open}.
   *
   * @param clock for the age of files
   */
  public CaptureFolder(FolderOptions options, CaptureListener listener, Clock clock) {
    this.options = options;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Makes the folder if there is none, and repairs what a killed run left in it while the capture
   * goes on.
   */
  public void open() throws IOException {
    OwnerOnly.createFolder(options.folder());
    List<Path> leftovers = leftovers();
    clerk.execute(() -> leftovers.forEach(this::finishLeftover));
    clerk.execute(this::tidy);
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * A file to write to, from its header on, made ahead if possible. The next one is made at once.
   *
   * @throws IOException there is none, for example because the disk is full
   */
  public PartFile begin(byte[] fileHeader, Instant start) throws IOException {
    PartFile prepared = spare.getAndSet(null);
    PartFile file = prepared == null ? newSpare() : prepared;
    try {
      file.begin(fileHeader, start);
    } catch (IOException e) {
      discard(file);
      throw new IOException(options.folder() + ": cannot be written to: " + reason(e), e);
    }
    clerk.execute(() -> nameUnfinished(file));
    clerk.execute(this::prepare);
    return file;
  }

  private PartFile newSpare() throws IOException {
    String name = options.pattern().sparePrefix() + UUID.randomUUID() + NamePattern.UNFINISHED;
    return new PartFile(options.folder().resolve(name));
  }

  private void prepare() {
    if (spare.get() != null) {
      return;
    }
    try {
      PartFile file = newSpare();
      if (!spare.compareAndSet(null, file)) {
        discard(file);
      }
    } catch (IOException laterAgain) {
      // The writing thread makes one itself when it needs it, and says why it cannot.
    }
  }

  private static void discard(PartFile file) {
    try (file) {
      Files.deleteIfExists(file.path());
    } catch (IOException leftBehind) {
      // The next start removes it: it has no packet.
    }
  }

  private void nameUnfinished(PartFile file) {
    try {
      Path target = path(file.start(), free(file.start(), file.path()));
      Path unfinished = target.resolveSibling(target.getFileName() + NamePattern.UNFINISHED);
      Files.move(file.path(), unfinished);
      file.moved(unfinished);
    } catch (IOException e) {
      listener.said(file.path() + ": cannot be renamed: " + reason(e));
    }
  }

  /**
   * The number of a file among those whose names say the same time: of a name that no other file
   * has, finished or not, or had just before it was deleted.
   */
  private int free(Instant start, Path mine) {
    int number = name(start).equals(toldName) ? toldNumber + 1 : 1;
    while (!isFree(path(start, number), mine)) {
      number++;
    }
    return number;
  }

  private String name(Instant start) {
    return options.pattern().name(start, 1);
  }

  private Path path(Instant start, int number) {
    return options.folder().resolve(options.pattern().name(start, number));
  }

  private static boolean isFree(Path path, Path mine) {
    String name = path.getFileName().toString();
    Path unfinished = path.resolveSibling(name + NamePattern.UNFINISHED);
    return Files.notExists(path)
        && Files.notExists(path.resolveSibling(name + NamePattern.PACKED))
        && (unfinished.equals(mine) || Files.notExists(unfinished));
  }

  /**
   * Takes a file back when all is written: it gets its name, and what is not kept any more goes.
   */
  public void finish(PartFile file) {
    clerk.execute(() -> close(file));
    clerk.execute(this::tidy);
  }

  private void close(PartFile file) {
    try (file) {
      file.moved(finished(file.path(), file.start(), file.packets(), file.size()));
    } catch (IOException e) {
      if (Files.notExists(file.path())) {
        lost = lost.plus(file);
        listener.said(file.path() + ": is gone, and with it packets: " + file.packets());
      } else {
        listener.said(file.path() + ": stays unfinished: " + reason(e));
      }
    }
  }

  /** Gives a file its name and tells of it; where it is now. */
  private Path finished(Path part, Instant start, long packets, long bytes) throws IOException {
    int number = free(start, part);
    Path target = path(start, number);
    Files.move(part, target);
    toldName = name(start);
    toldNumber = number;
    tell(new FinishedFile(target, start, packets, bytes));
    return target;
  }

  private void tell(FinishedFile file) {
    listener.finished(file);
    if (options.packed()) {
      packer.execute(() -> listener.settled(packed(file.path())));
    } else {
      listener.settled(file.path());
    }
  }

  private Path packed(Path file) {
    try {
      return Packing.pack(file);
    } catch (IOException | RuntimeException | LinkageError e) {
      listener.said(file + ": stays unpacked: " + reason(e));
      return file;
    }
  }

  /** Deletes what is not kept any more because time has passed, or the disk has filled up. */
  public void tidyUp() {
    if (options.retention().changesByItself()) {
      clerk.execute(this::tidy);
    }
  }

  private void tidy() {
    if (options.retention().keepsAll() || Files.notExists(options.folder())) {
      return;
    }
    try {
      options
          .retention()
          .apply(
              options.folder(),
              options.pattern(),
              clock.instant(),
              folder -> Files.getFileStore(folder).getUsableSpace());
      tidyingComplained.set(false);
    } catch (IOException | RuntimeException e) {
      if (!tidyingComplained.getAndSet(true)) {
        listener.said(options.folder() + ": old files cannot be deleted: " + reason(e));
      }
    }
  }

  private List<Path> leftovers() throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(options.folder())) {
      for (Path entry : entries) {
        if (isOurs(entry.getFileName().toString())) {
          found.add(entry);
        }
      }
    }
    found.sort(null);
    return found;
  }

  private boolean isOurs(String name) {
    if (!name.endsWith(NamePattern.UNFINISHED)) {
      return false;
    }
    String finished = name.substring(0, name.length() - NamePattern.UNFINISHED.length());
    return options.pattern().recognises(finished)
        || name.startsWith(options.pattern().sparePrefix());
  }

  private void finishLeftover(Path path) {
    try {
      if (path.toString().endsWith(NamePattern.PACKED + NamePattern.UNFINISHED)) {
        // Half packed; the original is still there.
        Files.deleteIfExists(path);
      } else {
        finish(path, Leftover.repair(path));
      }
    } catch (IOException | RuntimeException e) {
      listener.said(path + ": left by a killed run, and cannot be finished: " + reason(e));
    }
  }

  private void finish(Path path, Leftover left) throws IOException {
    switch (left.state()) {
      case IN_USE -> {}
      case FOREIGN -> listener.said(path + ": left alone: not written by imon");
      case EMPTY -> Files.deleteIfExists(path);
      case WHOLE -> finishWhole(path, left);
    }
  }

  private void finishWhole(Path path, Leftover left) throws IOException {
    Instant start = left.firstPacket() == null ? clock.instant() : left.firstPacket();
    String name = path.getFileName().toString();
    Path named =
        path.resolveSibling(name.substring(0, name.length() - NamePattern.UNFINISHED.length()));
    boolean hasName = options.pattern().recognises(named.getFileName().toString());
    Path target = hasName && isFree(named, path) ? named : path(start, free(start, path));
    Files.move(path, target);
    listener.said(
        "%s: finished for a killed run, %d packets%s"
            .formatted(
                target,
                left.packets(),
                left.cutBytes() == 0 ? "" : ", without half a record at its end"));
    tell(new FinishedFile(target, start, left.packets(), left.bytes()));
  }

  private static String reason(Throwable e) {
    return e instanceof IOException io ? IoReason.of(io) : e.toString();
  }

  /**
   * Waits until all that was taken back is finished, tidied and packed. A second time does nothing.
   */
  @Override
  public void close() {
    if (!clerk.isShutdown()) {
      clerk.execute(this::discardSpare);
    }
    end(clerk);
    end(packer);
    tidy();
  }

  /** What had been written and was not there when it was to be finished; after {@link #close}. */
  public LostFiles lost() {
    return lost;
  }

  private void discardSpare() {
    PartFile unused = spare.getAndSet(null);
    if (unused != null) {
      discard(unused);
    }
  }

  private static void end(ExecutorService thread) {
    thread.shutdown();
    try {
      thread.awaitTermination(MOST_DAYS_TO_END, TimeUnit.DAYS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
