package imon.analysis;

import imon.analysis.reverse.ReverseLookups;
import imon.flow.option.FactOptions;
import imon.flow.row.Rows;
import imon.name.AddressNames;
import imon.name.ReverseAnswer;
import imon.pcap.CaptureFiles;
import imon.pcap.CaptureSummary;
import imon.pcap.identity.KnownCapture;
import imon.store.CaptureFacts;
import imon.store.Database;
import imon.store.Staging;
import imon.store.StoreException;
import imon.store.StoreFile;
import imon.store.ask.Questions;
import imon.store.ask.Selection;
import imon.store.ask.nameless.NamelessServers;
import imon.store.keep.KeptCapture;
import imon.wire.Addresses;
import imon.wire.filter.FilterCompiler;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes captures in, several at once, and answers for them. Used by one thread. */
public final class Analysis implements AutoCloseable {
  /** Packets that are staged before they go to the store, if one capture does not bring as many. */
  private static final long PACKETS_AT_ONCE = 1_000_000;

  private final Options options;
  private final StagingAside aside;
  private final @Nullable StoreFile store;
  private final KnownCaptures known = new KnownCaptures();
  private final ShorterCopies copies;

  /** Of captures taken in, with their numbers in staging. */
  private final Map<String, Integer> fingerprints = new LinkedHashMap<>();

  /** Of the store, as it was when captures were given. */
  private OtherOptions others;

  private final List<String> unread = new ArrayList<>();
  private long waitingPackets;
  private int damaged;
  private int lastCapture;

  /**
   * How to analyze.
   *
   * @param workers threads that read and decode, and captures read at once, at most
   * @param store the store that keeps the captures, or null to keep nothing
   * @param source network the captures are from
   * @param facts the options that change facts
   * @param again whether captures that the store has are taken anew
   * @param filter whose packets to follow, the others are only counted; null for all
   */
  public record Options(
      int workers,
      @Nullable Path store,
      String source,
      FactOptions facts,
      boolean again,
      @Nullable FilterCompiler filter) {
    /** With default options. */
    public Options(int workers, @Nullable Path store, String source) {
      this(workers, store, source, FactOptions.DEFAULT, false, null);
    }

    /** Checks them; what a store keeps of the filter is its expression. */
    public Options {
      if (workers < 1 || workers > 256) {
        throw new IllegalArgumentException(
            "--workers " + workers + ": give a number from 1 to 256");
      }
      if (again && store == null) {
        throw new IllegalArgumentException("--again is about a store: give --db FILE, too");
      }
      facts = facts.filtered(filter == null ? "" : filter.expression());
    }
  }

  public Analysis(Options options) throws StoreException {
    this(options, line -> {});
  }

  /**
   * Begins an analysis.
   *
   * @param says hears for whom it waits, when others have the store open
   */
  public Analysis(Options options, Consumer<String> says) throws StoreException {
    this(options, says, StagingAside::new);
  }

  /** The same with a database that may have been opened ahead, of which the analysis lets go. */
  public Analysis(Options options, Consumer<String> says, Supplier<StagingAside> staging)
      throws StoreException {
    this.options = options;
    Path path = options.store();
    store = path == null ? null : StoreFile.forIngest(path, says);
    copies = new ShorterCopies(known, store);
    others = new OtherOptions(List.of(), options.facts(), copies);
    aside = staging.get();
  }

  private Staging staging() throws StoreException {
    return aside.opened();
  }

  /** Finds out early whether the store can be used. */
  public void prepare() throws StoreException {
    if (store != null) {
      store.prepare(staging());
    }
  }

  /** Takes names that hold for all captures of the source, also for those a store has. */
  public void know(AddressNames names) throws StoreException {
    staging().know(options.source(), names);
  }

  /**
   * Takes in captures, several at once; one that cannot be read is said and counted. Of captures
   * with the same packets the first one given is kept; one that has grown from another takes its
   * place, and a shorter copy of another is left out.
   */
  public void take(List<CaptureFiles.Input> inputs, InputStream standardInput, Progress progress)
      throws StoreException, InterruptedException {
    if (store != null) {
      store.ask(staging(), this::learn);
      if (!options.again()) {
        others = new OtherOptions(known.kept(), options.facts(), copies);
      }
      others.check(inputs);
    }
    for (List<CaptureFiles.Input> round : new Rounds().of(inputs)) {
      List<Job> jobs = new ArrayList<>();
      for (CaptureFiles.Input input : round) {
        jobs.add(job(jobs.size(), input));
      }
      new Lanes(options.workers(), jobs, standardInput, progress, options.facts(), options.filter())
          .run(new Loading(progress));
    }
  }

  private Database learn(Database database) throws StoreException {
    known.add(KeptCapture.of(database), KeptCapture.beginnings(database));
    return database;
  }

  private Job job(int place, CaptureFiles.Input input) {
    return new Job(
        place, ++lastCapture, input, Rounds.bytes(input), known.before(input.firstPacket()));
  }

  /** Loads what captures hold, in the thread that called {@link #take}. */
  private final class Loading implements Lanes.Taker {
    private final Progress progress;

    Loading(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void rows(int capture, Rows rows) throws StoreException {
      staging().load(capture, rows);
    }

    @Override
    public void ended(Delivery ending) throws StoreException {
      if (ending instanceof Delivery.Decoded decoded) {
        finish(decoded, progress);
      } else if (ending instanceof Delivery.Unreadable unreadable) {
        staging().discard(unreadable.job().capture());
        unread.add(unreadable.message());
        progress.says(unreadable.message());
      }
    }
  }

  private void finish(Delivery.Decoded decoded, Progress progress) throws StoreException {
    int capture = decoded.job().capture();
    String name = decoded.job().input().name();
    CaptureSummary summary = decoded.summary().within(options.source());
    if (summary.message() != null) {
      progress.says(name + ": " + summary.message());
    }
    if (summary.status() == CaptureSummary.Status.DAMAGED) {
      damaged++;
    }
    if (fingerprints.putIfAbsent(summary.fingerprint(), capture) != null) {
      staging().discard(capture);
      staging().twin(name, summary);
      if (summary.packets() > 0) {
        progress.says(name + ": the same capture as another one given; taken once");
      }
      return;
    }
    ShorterCopies.Finding copy = copies.find(decoded.job().input(), summary);
    others.check(decoded.job().input(), summary, decoded.grownFrom(), copy.whole());
    KeptCapture possible = copy.possible();
    if (possible != null) {
      progress.says(
          "%s: begins at the same instant as %s, which was taken in before and cannot be compared with it any more; if it is a shorter copy of that, its bytes count twice"
              .formatted(name, possible.path()));
    }
    if (copy.whole() != null && leavesOut(decoded.job(), summary, copy.whole(), progress)) {
      return;
    }
    known.add(name, summary, options.facts());
    staging().load(capture, decoded.names());
    staging()
        .finish(
            capture,
            new CaptureFacts(
                name, options.source(), options.facts(), summary, decoded.anomalies()));
    replace(decoded, summary.fingerprint(), progress);
    progress.taken(decoded.job().input(), summary);
    waitingPackets += summary.packets();
    if (store != null && waitingPackets >= PACKETS_AT_ONCE) {
      keep(store, progress);
    }
  }

  /**
   * Forgets a capture that another one given, which is staged already, begins with; false when that
   * one is of the store, which leaves it out itself.
   */
  private boolean leavesOut(Job job, CaptureSummary summary, KeptCapture whole, Progress progress)
      throws StoreException {
    String fingerprint = whole.capture().fingerprint();
    Integer given = fingerprints.get(fingerprint);
    if (given == null) {
      staging().begins(job.capture(), fingerprint);
      return false;
    }
    staging().discard(job.capture());
    staging().twin(job.input().name(), summary);
    staging().replaces(given, summary.fingerprint());
    progress.says(job.input().name() + ": the beginning of another capture given; taken once");
    return true;
  }

  /** One that has grown takes the place of what was read before, one taken anew its own. */
  private void replace(Delivery.Decoded grown, String fingerprint, Progress progress)
      throws StoreException {
    if (options.again()) {
      staging().replaces(grown.job().capture(), fingerprint);
    }
    for (KnownCapture earlier : grown.grownFrom()) {
      Integer given = fingerprints.remove(earlier.fingerprint());
      if (given != null) {
        staging().outgrown(given);
        String name = grown.job().input().name();
        progress.says(name + ": begins with all of another capture given, and takes its place");
      }
      staging().replaces(grown.job().capture(), earlier.fingerprint());
    }
  }

  /** Keeps what waits; many small captures at once, as each time costs file synchronisation. */
  private void keep(StoreFile file, Progress progress) throws StoreException {
    file.keep(staging()).forEach(progress::says);
    waitingPackets = 0;
  }

  /** No more captures will come. */
  public void finish(Progress progress) throws StoreException {
    if (store != null) {
      keep(store, progress);
      store.correlate(staging());
    }
  }

  /**
   * What came of lookups.
   *
   * @param asked servers that were to be looked up
   * @param named those that have a name
   * @param nameless those that have none, as the DNS says
   */
  public record Resolved(int asked, int named, int nameless) {}

  /**
   * Looks up servers of the captures taken in, after {@link #finish}, and names their flows by what
   * is answered. The store is closed meanwhile.
   *
   * @param now nanoseconds since 1970 UTC; a store keeps answers with it
   */
  public Resolved resolve(NamelessServers wanted, ReverseLookups lookups, long now)
      throws StoreException, InterruptedException {
    List<Addresses.Words> servers = nameless(wanted);
    List<ReverseAnswer> answers = lookups.of(servers);
    if (!answers.isEmpty()) {
      staging().learn(options.source(), answers, now);
      if (store != null) {
        store.keep(staging());
        store.correlate(staging());
      }
    }
    int named = (int) answers.stream().filter(answer -> answer.name() != null).count();
    return new Resolved(servers.size(), named, answers.size() - named);
  }

  private List<Addresses.Words> nameless(NamelessServers wanted) throws StoreException {
    if (fingerprints.isEmpty()) {
      return List.of();
    }
    if (store != null) {
      return store.ask(staging(), db -> wanted.of(db, options.source(), kept(db)));
    }
    staging().correlate();
    return wanted.of(staging().database(), options.source(), fingerprints.keySet());
  }

  /** Why inputs could not be read at all, one line each. */
  public List<String> unread() {
    return List.copyOf(unread);
  }

  /** How many inputs have bytes that could not be read; their captures say why. */
  public int damaged() {
    return damaged;
  }

  /** Whether not one capture could be taken in. */
  public boolean isEmpty() {
    return fingerprints.isEmpty();
  }

  /** Whoever is given answers. */
  public interface Asking<T> {
    T ask(Questions questions) throws StoreException;
  }

  /**
   * Asks about the captures taken in, after {@link #finish}; with a store, all that it knows names
   * their flows.
   */
  public <T> T ask(Selection selection, Asking<T> asking) throws StoreException {
    if (store == null) {
      staging().correlate();
      return asking.ask(Questions.ofCaptures(staging().database(), selection));
    }
    return store.ask(staging(), db -> asking.ask(Questions.ofCaptures(db, selection.of(kept(db)))));
  }

  /** Fingerprints of the captures in the store that have what was given. */
  private List<String> kept(Database database) throws StoreException {
    Map<String, String> wholes = KeptCapture.beginnings(database);
    return fingerprints.keySet().stream()
        .map(fingerprint -> wholes.getOrDefault(fingerprint, fingerprint))
        .distinct()
        .toList();
  }

  /**
   * Begins to let go of all memory, when nothing more will be asked; to close is to wait for it.
   */
  public void release() {
    aside.release();
  }

  @Override
  public void close() throws StoreException {
    aside.close();
  }
}
