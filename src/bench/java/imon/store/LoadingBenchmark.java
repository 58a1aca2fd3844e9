package imon.store;

import imon.bench.Check;
import imon.bench.Counted;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A million flows into a staging database, in the batches that workers hand on. */
@State(Scope.Benchmark)
public class LoadingBenchmark {
  private static final int FLOWS = 1_000_000;

  private final MadeRows made = MadeRows.flows(FLOWS);
  private Staging staging;

  @Setup(Level.Invocation)
  public void open() throws StoreException {
    staging = Staging.open();
  }

  @Benchmark
  public void load(Counted.Rows counted) throws StoreException {
    made.load(staging);
    counted.rows += FLOWS;
  }

  @TearDown(Level.Invocation)
  public void check() throws StoreException {
    long bytes =
        staging.database().number("SELECT sum(up_bytes + down_bytes)::BIGINT FROM fact.flow");
    Check.same("bytes loaded", made.bytes(), bytes);
    staging.close();
  }
}
