package imon.analysis;

import imon.name.AddressNames;
import imon.pcap.CaptureFiles;
import imon.pcap.CaptureReader;
import imon.pcap.CaptureSummary;
import imon.pcap.names.ResolvedNames;
import imon.store.CaptureFacts;
import imon.store.Staging;
import imon.store.StoreException;
import imon.store.StoreFile;
import imon.store.ask.Questions;
import imon.store.ask.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes captures in, one after another, and answers for them. */
public final class Analysis implements AutoCloseable {
  /** Packets that are staged before they go to the store, if one capture does not bring as many. */
  private static final long PACKETS_AT_ONCE = 1_000_000;

  private final Options options;
  private final Staging staging;
  private final Pipeline pipeline;
  private final @Nullable StoreFile store;
  private final List<String> fingerprints = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();
  private long waitingPackets;
  private int damaged;

  /**
   * How to analyze.
   *
   * @param workers decoding threads
   * @param store the store that keeps the captures, or null to keep nothing
   * @param source network the captures are from
   */
  public record Options(int workers, @Nullable Path store, String source) {
    public Options {
      if (workers < 1 || workers > 256) {
        throw new IllegalArgumentException(
            "--workers " + workers + ": give a number from 1 to 256");
      }
    }
  }

  public Analysis(Options options) throws StoreException {
    this.options = options;
    store = options.store() == null ? null : new StoreFile(options.store());
    staging = Staging.open();
    pipeline = new Pipeline(options.workers());
  }

  /** Finds out early whether the store can be used. */
  public void prepare() throws StoreException {
    if (store != null) {
      store.prepare(staging);
    }
  }

  /** Takes names that hold for all captures of the source, also for those a store has. */
  public void know(AddressNames names) throws StoreException {
    staging.know(options.source(), names);
  }

  /** Takes in a capture; one that cannot be read is said and counted. */
  public void take(CaptureFiles.Input input, InputStream standardInput, Progress progress)
      throws StoreException, InterruptedException {
    try (CaptureReader reader = input.open(standardInput)) {
      progress.begins(input, reader);
      take(input, reader, progress);
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      unread.add(String.valueOf(e.getMessage()));
      progress.says(String.valueOf(e.getMessage()));
    }
  }

  private void take(CaptureFiles.Input input, CaptureReader reader, Progress progress)
      throws IOException, InterruptedException {
    int capture = staging.begin();
    Pipeline.Outcome outcome = pipeline.run(reader, rows -> staging.load(capture, rows));
    staging.load(capture, addressNames(reader.names()));
    CaptureSummary summary = outcome.summary();
    String message = summary.message();
    if (message != null) {
      progress.says(input.name() + ": " + message);
    }
    if (summary.status() == CaptureSummary.Status.DAMAGED) {
      damaged++;
    }
    String before = staging.pathOf(summary.fingerprint());
    if (before != null || fingerprints.contains(summary.fingerprint())) {
      staging.discard(capture);
      progress.says(input.name() + ": the same capture as another one given; taken once");
      return;
    }
    staging.finish(
        capture, new CaptureFacts(input.name(), options.source(), summary, outcome.anomalies()));
    fingerprints.add(summary.fingerprint());
    if (store != null) {
      waitingPackets += summary.packets();
      if (waitingPackets >= PACKETS_AT_ONCE) {
        keep(store, progress);
      }
    }
  }

  private static AddressNames addressNames(List<ResolvedNames.Name> given) {
    AddressNames names = new AddressNames();
    given.forEach(name -> names.add(name.high(), name.low(), name.text()));
    return names;
  }

  /**
   * Keeps what waits; many small captures at once, as each time costs some file synchronisation.
   */
  private void keep(StoreFile file, Progress progress) throws StoreException {
    for (String known : file.keep(staging)) {
      progress.says(known + ": already in the store");
    }
    waitingPackets = 0;
  }

  /** No more captures will come. */
  public void finish(Progress progress) throws StoreException {
    if (store != null) {
      keep(store, progress);
      store.correlate(staging);
    }
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
      staging.correlate();
      return asking.ask(Questions.ofCaptures(staging.database(), selection));
    }
    Selection ofCaptures = selection.of(fingerprints);
    return store.ask(staging, db -> asking.ask(Questions.ofCaptures(db, ofCaptures)));
  }

  @Override
  public void close() throws StoreException {
    pipeline.close();
    staging.close();
  }
}
