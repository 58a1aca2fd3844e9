package imon.analysis.recent;

import imon.analysis.Analysis;
import imon.analysis.Progress;
import imon.pcap.CaptureFiles;
import imon.store.StoreException;
import imon.store.Traffic;
import imon.store.ask.Period;
import imon.store.ask.Questions;
import imon.store.ask.Selection;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Has pieces of a capture analyzed as they come, each as a capture of its own, all in one analysis:
 * what earlier pieces told of names holds for later ones. When that has grown too large, it begins
 * anew with the pieces of the last ten minutes. Used by one thread.
 */
public final class RecentTraffic implements AutoCloseable {
  private static final Duration SHOWN = Duration.ofMinutes(1);
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  /** In memory, for a new beginning. */
  private static final long MOST_REMEMBERED_BYTES = 64L << 20;

  private static final long SECOND = 1_000_000_000L;

  /**
   * When it begins anew.
   *
   * @param pieces after so many
   * @param bytes after so many bytes of records
   */
  public record Bounds(int pieces, long bytes) {
    /** Some hundred MiB of memory at most, and questions that take moments. */
    public static final Bounds USUAL = new Bounds(180, 256L << 20);
  }

  private final Bounds bounds;
  private final Deque<Piece> remembered = new ArrayDeque<>();
  private Analysis analysis;
  private long rememberedBytes;
  private int taken;
  private long takenBytes;

  public RecentTraffic(Bounds bounds) throws StoreException {
    this.bounds = bounds;
    analysis = newAnalysis();
  }

  private static Analysis newAnalysis() throws StoreException {
    return new Analysis(new Analysis.Options(1, null, ""));
  }

  /** Takes what a look has found. */
  public void take(AppendedRecords.Found found) throws StoreException, InterruptedException {
    for (Piece piece : found.pieces()) {
      remember(piece);
      if (taken >= bounds.pieces() || takenBytes >= bounds.bytes()) {
        beginAnew();
      } else {
        analyze(List.of(piece));
      }
    }
  }

  private void remember(Piece piece) {
    remembered.add(piece);
    rememberedBytes += piece.length();
    long earliest = piece.lastTime() - REMEMBERED.toNanos();
    while (remembered.size() > 1
        && (rememberedBytes > MOST_REMEMBERED_BYTES
            || remembered.getFirst().lastTime() < earliest)) {
      rememberedBytes -= remembered.removeFirst().length();
    }
  }

  /** Pieces of one kind of file are one capture then. */
  private void beginAnew() throws StoreException, InterruptedException {
    analysis.close();
    analysis = newAnalysis();
    taken = 0;
    takenBytes = 0;
    Deque<Piece> same = new ArrayDeque<>();
    for (Piece piece : remembered) {
      if (!same.isEmpty() && !same.getFirst().hasHeaderOf(piece)) {
        analyze(List.copyOf(same));
        same.clear();
      }
      same.add(piece);
    }
    analyze(List.copyOf(same));
    takenBytes = 0;
  }

  /** Pieces with the same header. */
  private void analyze(List<Piece> pieces) throws StoreException, InterruptedException {
    CaptureFiles.Input input = new CaptureFiles.Input(null, "piece", OptionalLong.empty());
    analysis.take(List.of(input), stream(pieces), Progress.SILENT);
    analysis.finish(Progress.SILENT);
    taken++;
    pieces.forEach(piece -> takenBytes += piece.length());
  }

  private static InputStream stream(List<Piece> pieces) {
    List<InputStream> parts = new ArrayList<>(List.of(pieces.get(0).header()));
    pieces.forEach(piece -> parts.add(piece.records()));
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  /**
   * The traffic of the last minute of packets' own time, and of the part of a minute before it;
   * empty before the first packet.
   *
   * @param top how many sites
   */
  public Optional<RecentSites> sites(int top) throws StoreException {
    if (remembered.isEmpty()) {
      return Optional.empty();
    }
    Instant last = lastTime();
    Period period = Period.between(last.minus(SHOWN), last.plus(SHOWN));
    Selection selection = Selection.all(false).in(period);
    return Optional.of(analysis.ask(selection, questions -> answer(questions, top, period, last)));
  }

  /** The latest of all: clocks may be set back. */
  private Instant lastTime() {
    return remembered.stream().map(Piece::last).max(Instant::compareTo).orElseThrow();
  }

  private RecentSites answer(Questions questions, int top, Period period, Instant last)
      throws StoreException {
    List<Questions.Site> sites = questions.sites(top);
    Traffic listed =
        sites.stream().map(Questions.Site::traffic).reduce(Traffic.NONE, Traffic::plus);
    List<Questions.LedgerClass> ledger = questions.ledger();
    Instant from = Instant.ofEpochSecond(period.from() * SHOWN.toSeconds());
    return new RecentSites(
        from,
        last,
        ledger.stream().mapToLong(Questions.LedgerClass::packets).sum(),
        ledger.stream().mapToLong(Questions.LedgerClass::bytes).sum(),
        sites,
        questions.ofAllSites().minus(listed),
        skippedSince(from));
  }

  private long skippedSince(Instant from) {
    return remembered.stream()
        .filter(piece -> piece.lastTime() >= from.getEpochSecond() * SECOND)
        .mapToLong(Piece::skippedBytes)
        .sum();
  }

  @Override
  public void close() throws StoreException {
    analysis.close();
  }
}
