package imon.report.diff;

import imon.report.Report.CaptureRow;
import imon.report.Report.Group;
import imon.report.ReportMaker;
import imon.report.diff.Diff.DiffRow;
import imon.report.diff.Diff.Pair;
import imon.report.diff.Diff.RestRow;
import imon.report.diff.Diff.Side;
import imon.report.diff.Diff.Status;
import imon.store.StoreException;
import imon.store.Traffic;
import imon.store.ask.By;
import imon.store.ask.Questions;
import imon.store.ask.Questions.LedgerClass;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what two stores, or two periods of one, answer. */
public final class DiffMaker {
  private DiffMaker() {}

  /**
   * What is compared, taken out of a store.
   *
   * @param amounts all rows by name
   * @param rest packets and bytes of the groups that have no rows, and of local traffic without one
   */
  public record Taken(Side side, SortedMap<String, Traffic> amounts, Map<Group, Amount> rest) {}

  /** Packets and their bytes. */
  public record Amount(long packets, long bytes) {
    static final Amount NONE = new Amount(0, 0);

    Amount plus(long morePackets, long moreBytes) {
      return new Amount(packets + morePackets, bytes + moreBytes);
    }
  }

  /** Takes one side out of the store that {@code questions} are about. */
  public static Taken take(String store, Questions questions, ReportMaker.Options options)
      throws StoreException {
    List<CaptureRow> captures = questions.captures().stream().map(ReportMaker::capture).toList();
    List<LedgerClass> ledger = questions.ledger();
    SortedMap<String, Traffic> amounts = questions.amounts(options.by());
    Side side =
        new Side(
            store,
            ReportMaker.scope(captures, options, questions.hasLocalSites()),
            captures.size(),
            ledger.stream().mapToLong(LedgerClass::packets).sum(),
            ledger.stream().mapToLong(LedgerClass::bytes).sum(),
            questions.connectionCount());
    return new Taken(side, amounts, rest(side, ledger, amounts, options.by()));
  }

  private static Map<Group, Amount> rest(
      Side side, List<LedgerClass> ledger, SortedMap<String, Traffic> amounts, By by) {
    Map<Group, Amount> rest = new EnumMap<>(Group.class);
    Amount local = new Amount(side.packets(), side.bytes());
    for (LedgerClass row : ledger) {
      Group group = ReportMaker.group(row);
      boolean inRows = group == Group.PROVEN || group == Group.INFERRED || group == Group.LOCAL;
      if (!inRows && (by.isNamed() || group != Group.UNRESOLVED)) {
        Amount sum = rest.getOrDefault(group, Amount.NONE).plus(row.packets(), row.bytes());
        rest.put(group, sum);
        local = local.plus(-row.packets(), -row.bytes());
      }
    }
    for (Traffic traffic : amounts.values()) {
      local = local.plus(-traffic.packets(), -traffic.bytes());
    }
    if (!local.equals(Amount.NONE)) {
      rest.put(Group.LOCAL, local);
    }
    return rest;
  }

  /** Compares two sides. */
  public static Diff compare(By by, Taken before, Taken now) {
    List<DiffRow> rows = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(before.amounts().keySet());
    names.addAll(now.amounts().keySet());
    SortedMap<Status, Integer> counts = new TreeMap<>();
    for (String name : names) {
      Pair pair =
          new Pair(
              before.amounts().getOrDefault(name, Traffic.NONE),
              now.amounts().getOrDefault(name, Traffic.NONE));
      rows.add(new DiffRow(name, pair.status(), pair));
      counts.merge(pair.status(), 1, Integer::sum);
    }
    rows.sort(DiffRow.LARGEST);
    int top = Math.min(now.side().scope().top(), rows.size());
    return new Diff(
        by,
        before.side(),
        now.side(),
        counts,
        List.copyOf(rows.subList(0, top)),
        sum(rows.subList(top, rows.size())),
        rest(before.rest(), now.rest()));
  }

  private static @Nullable Pair sum(List<DiffRow> rows) {
    return rows.stream().map(DiffRow::traffic).reduce(Pair::plus).orElse(null);
  }

  private static List<RestRow> rest(Map<Group, Amount> before, Map<Group, Amount> now) {
    List<RestRow> rest = new ArrayList<>();
    for (Group group : Group.values()) {
      Amount old = before.getOrDefault(group, Amount.NONE);
      Amount current = now.getOrDefault(group, Amount.NONE);
      if (!old.equals(Amount.NONE) || !current.equals(Amount.NONE)) {
        rest.add(
            new RestRow(group, old.packets(), old.bytes(), current.packets(), current.bytes()));
      }
    }
    return rest;
  }
}
