package imon.report.diff;

import imon.report.Report.Group;
import imon.report.Report.Scope;
import imon.store.Traffic;
import imon.store.ask.By;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one report to another. The rows, {@code other} and {@code rest} sum up to both
 * sides' bytes.
 *
 * @param before what is compared with
 * @param now what it is about
 * @param counts how many rows there are of each status, also beyond {@code scope.top()}
 * @param rows the largest changes in bytes first, then by name; at most {@code scope.top()}
 * @param other what the rows beyond these sum up to, or null if there are none
 * @param rest traffic that is in no row
 */
public record Diff(
    By by,
    Side before,
    Side now,
    SortedMap<Status, Integer> counts,
    List<DiffRow> rows,
    @Nullable Pair other,
    List<RestRow> rest) {

  /** How a row changed. */
  public enum Status {
    /** It had nothing before. */
    NEW,
    /** It has nothing now. */
    GONE,
    GROWN,
    SHRUNK,
    SAME;

    /** For machines and people. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One of two reports.
   *
   * @param store the store it is made of, as the user named it
   * @param captures how many captures have minutes of its period
   */
  public record Side(
      String store, Scope scope, int captures, long packets, long bytes, long connections) {}

  /** The same before and now. */
  public record Pair(Traffic before, Traffic now) {
    public long change() {
      return now.bytes() - before.bytes();
    }

    Pair plus(Pair other) {
      return new Pair(before.plus(other.before), now.plus(other.now));
    }

    Status status() {
      if (before.bytes() == now.bytes()) {
        return Status.SAME;
      }
      if (before.bytes() == 0) {
        return Status.NEW;
      }
      if (now.bytes() == 0) {
        return Status.GONE;
      }
      return now.bytes() > before.bytes() ? Status.GROWN : Status.SHRUNK;
    }
  }

  /** A site, host, client or source. */
  public record DiffRow(String name, Status status, Pair traffic) {
    /** By change, then name. */
    public static final Comparator<DiffRow> LARGEST =
        Comparator.comparingLong((DiffRow row) -> Math.abs(row.traffic().change()))
            .reversed()
            .thenComparing(DiffRow::name);
  }

  /** A group of the ledger; of local traffic what is in no row. */
  public record RestRow(
      Group group, long beforePackets, long beforeBytes, long nowPackets, long nowBytes) {}
}
