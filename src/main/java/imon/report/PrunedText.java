package imon.report;

import imon.report.text.Figures;
import imon.store.ask.PrunedCaptures;
import java.util.ArrayList;
import java.util.List;

/** Says what pruned captures leave out of an answer. */
public final class PrunedText {
  private PrunedText() {}

  /** Of traffic: one line for what is known by the hour, one for what is not known. */
  public static List<String> ofTraffic(PrunedCaptures pruned) {
    return lines(pruned, "known by the hour only");
  }

  /** Of packets and flows. */
  public static List<String> ofEvidence(PrunedCaptures pruned) {
    return lines(pruned, "left out, as its packets are no longer known");
  }

  private static List<String> lines(PrunedCaptures pruned, String rolledUp) {
    List<String> lines = new ArrayList<>();
    add(lines, pruned.rolledUp(), rolledUp);
    add(lines, pruned.dropped(), "left out, as it was dropped");
    return lines;
  }

  private static void add(List<String> lines, long captures, String what) {
    if (captures > 0) {
      lines.add(
          Figures.count(captures, "pruned capture") + " in this period; such traffic is " + what);
    }
  }
}
