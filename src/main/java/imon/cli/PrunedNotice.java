package imon.cli;

import imon.cli.output.Terminal;
import imon.report.PrunedText;
import imon.store.Database;
import imon.store.StoreException;
import imon.store.ask.Period;
import imon.store.ask.PrunedCaptures;

/** Says on standard error what pruned captures leave out of an answer. */
final class PrunedNotice {
  private final Terminal terminal;

  PrunedNotice(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Of traffic: an hour stands where it begins. Returns what was said. */
  PrunedCaptures ofTraffic(Database database, Period period) throws StoreException {
    PrunedCaptures pruned = PrunedCaptures.of(database, period);
    PrunedText.ofTraffic(pruned).forEach(terminal::say);
    return pruned;
  }

  /** Of packets and flows. */
  void ofEvidence(Database database, Period period) throws StoreException {
    PrunedText.ofEvidence(PrunedCaptures.of(database, period)).forEach(terminal::say);
  }
}
