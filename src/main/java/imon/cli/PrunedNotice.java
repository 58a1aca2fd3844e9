package imon.cli;

import imon.cli.output.Terminal;
import imon.report.text.Figures;
import imon.store.Database;
import imon.store.StoreException;
import imon.store.ask.Period;
import imon.store.ask.PrunedCaptures;

/** Says what pruned captures leave out of an answer. */
final class PrunedNotice {
  private final Terminal terminal;

  PrunedNotice(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Of traffic: an hour stands where it begins. */
  void ofTraffic(Database database, Period period) throws StoreException {
    say(PrunedCaptures.of(database, period), "known by the hour only");
  }

  /** Of packets and flows. */
  void ofEvidence(Database database, Period period) throws StoreException {
    say(PrunedCaptures.of(database, period), "left out, as its packets are no longer known");
  }

  private void say(PrunedCaptures pruned, String rolledUp) {
    say(pruned.rolledUp(), rolledUp);
    say(pruned.dropped(), "left out, as it was dropped");
  }

  private void say(long captures, String what) {
    if (captures > 0) {
      terminal
          .err()
          .println(
              "imon: "
                  + Figures.count(captures, "pruned capture")
                  + " in this period; such traffic is "
                  + what);
    }
  }
}
