package imon.store;

import imon.bench.Check;
import imon.bench.Counted;
import imon.report.Report;
import imon.report.ReportMaker;
import imon.store.ask.By;
import imon.store.ask.Questions;
import imon.store.ask.Selection;
import java.time.ZoneOffset;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What happens to flows that are loaded: they are named, and reported. */
@State(Scope.Benchmark)
public class NamingBenchmark {
  private static final int FLOWS = 200_000;
  private static final String PROVEN =
      "SELECT count(*) FROM fact.naming JOIN fact.evidence_kind USING (kind) WHERE label = 'tls'";
  private static final ReportMaker.Options OPTIONS =
      new ReportMaker.Options(ZoneOffset.UTC, 20, By.SITE, Report.Filter.NONE, null);

  private final MadeRows made = MadeRows.named(FLOWS);
  private Staging staging;

  @Setup
  public void load() throws StoreException {
    staging = Staging.open();
    made.load(staging);
    Correlation.run(staging.database());
  }

  @TearDown
  public void close() throws StoreException {
    staging.close();
  }

  /** Each time as if the capture had just been loaded. */
  @Benchmark
  public void correlate(Counted.Flows counted) throws StoreException {
    staging.database().execute("UPDATE fact.capture SET correlated = false");
    Correlation.run(staging.database());
    Check.same("proven flows", made.provenCount(), staging.database().number(PROVEN));
    counted.flows += FLOWS;
  }

  /** All questions of one report. */
  @Benchmark
  public void report() throws StoreException {
    Questions questions = Questions.ofCaptures(staging.database(), Selection.all(false));
    Report report = ReportMaker.make(questions, OPTIONS, List.of());
    Check.same("bytes reported", made.bytes(), report.totals().bytes());
  }
}
