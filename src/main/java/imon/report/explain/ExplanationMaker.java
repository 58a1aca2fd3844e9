package imon.report.explain;

import imon.report.Report;
import imon.report.ReportMaker;
import imon.report.explain.Explanation.CaptureRow;
import imon.report.explain.Explanation.EvidenceRow;
import imon.report.explain.Explanation.KindRow;
import imon.report.explain.Explanation.Place;
import imon.report.explain.Explanation.RivalRow;
import imon.store.StoreException;
import imon.store.ask.ExplainQuestions;
import imon.store.ask.ExplainQuestions.Capture;
import imon.store.ask.ExplainQuestions.Kind;
import imon.store.ask.ExplainQuestions.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes an explanation of the answers a store gives. */
public final class ExplanationMaker {
  private static final long SECOND = 1_000_000_000L;
  private static final int ID_DIGITS = 16;

  private ExplanationMaker() {}

  /** Makes it; {@code questions} must know the name. */
  public static Explanation make(ExplainQuestions questions, ReportMaker.Options options)
      throws StoreException {
    int top = options.top();
    List<Report.CaptureRow> asked = questions.asked().stream().map(ReportMaker::capture).toList();
    List<Capture> captures = questions.captures();
    return new Explanation(
        ReportMaker.scope(asked, options, true),
        questions.known().get(0),
        captures.stream().mapToLong(Capture::flows).sum(),
        captures.stream().mapToLong(Capture::bytes).sum(),
        kinds(questions, top),
        questions.rivals(top).stream().map(ExplanationMaker::rival).toList(),
        questions.rivalCount(),
        captures(questions, captures.subList(0, Math.min(top, captures.size()))),
        captures.size());
  }

  private static List<KindRow> kinds(ExplainQuestions questions, int top) throws StoreException {
    List<KindRow> rows = new ArrayList<>();
    for (Kind kind : questions.kinds()) {
      List<EvidenceRow> evidence =
          questions.witnesses(kind.name(), top).stream()
              .map(w -> new EvidenceRow(w.host(), place(w.seen()), w.flows(), w.bytes()))
              .toList();
      rows.add(
          new KindRow(
              kind.name(), kind.proof(), kind.flows(), kind.bytes(), kind.witnesses(), evidence));
    }
    return rows;
  }

  private static RivalRow rival(ExplainQuestions.Rival rival) {
    return new RivalRow(
        rival.kind(),
        rival.host(),
        rival.site(),
        place(rival.seen()),
        rival.flows(),
        rival.bytes());
  }

  private static List<CaptureRow> captures(ExplainQuestions questions, List<Capture> captures)
      throws StoreException {
    List<CaptureRow> rows = new ArrayList<>();
    for (Capture capture : captures) {
      rows.add(
          new CaptureRow(
              capture.fingerprint().substring(0, ID_DIGITS),
              capture.path(),
              capture.packets(),
              capture.flows(),
              capture.bytes(),
              DisplayFilter.ofPackets(questions.packets(capture)),
              DisplayFilter.ofFlows(questions.flows(capture))));
    }
    return rows;
  }

  private static Place place(Sighting seen) {
    String fingerprint = seen.fingerprint();
    Long time = seen.time();
    return new Place(
        fingerprint == null ? null : fingerprint.substring(0, ID_DIGITS),
        seen.path(),
        seen.packet(),
        time == null ? null : Instant.ofEpochSecond(time / SECOND, time % SECOND));
  }
}
