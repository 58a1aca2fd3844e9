package imon.report.secret;

import imon.report.diff.Diff;
import imon.report.diff.Diff.DiffRow;
import imon.report.diff.Diff.Side;

/** The report on two periods, with pseudonyms. */
public final class AnonymousDiff {
  private AnonymousDiff() {}

  /**
   * The same figures under pseudonyms. Rows of equal change stand by what is shown: the order of
   * what is hidden would tell of it.
   */
  public static Diff of(Diff diff, Pseudonyms names) {
    AnonymousReport rows = new AnonymousReport(names);
    return new Diff(
        diff.by(),
        side(diff.before(), rows),
        side(diff.now(), rows),
        diff.counts(),
        diff.rows().stream()
            .map(row -> new DiffRow(rows.named(diff.by(), row.name()), row.status(), row.traffic()))
            .sorted(DiffRow.LARGEST)
            .toList(),
        diff.other(),
        diff.rest());
  }

  private static Side side(Side side, AnonymousReport rows) {
    return new Side(
        Pseudonyms.file(side.store()),
        rows.scope(side.scope()),
        side.captures(),
        side.packets(),
        side.bytes(),
        side.connections());
  }
}
