package imon.analysis;

import imon.flow.option.FactOptions;
import imon.flow.row.Rows;
import imon.pcap.CaptureFiles;
import imon.store.CaptureFacts;
import imon.store.Staging;
import imon.store.StoreException;
import imon.store.StoreFile;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Captures of many sources, which an {@link Analysis} takes one source at a time. */
public final class ManySources {
  private static final int WORKERS = 2;

  private ManySources() {}

  /**
   * Takes captures into a new store, all at once.
   *
   * @return what was said of captures that the store did not take
   */
  public static List<String> keep(
      List<CaptureFiles.Input> inputs, Function<CaptureFiles.Input, String> source, Path store)
      throws StoreException, InterruptedException {
    StoreFile file = new StoreFile(store);
    try (Staging staging = Staging.open()) {
      file.prepare(staging);
      List<Job> jobs = new ArrayList<>();
      for (CaptureFiles.Input input : inputs) {
        jobs.add(new Job(jobs.size(), jobs.size() + 1, input, Rounds.bytes(input)));
      }
      new Lanes(
              WORKERS,
              jobs,
              InputStream.nullInputStream(),
              Progress.SILENT,
              FactOptions.DEFAULT,
              null)
          .run(new Loading(staging, source));
      List<String> said = file.keep(staging);
      file.correlate(staging);
      return said;
    }
  }

  private record Loading(Staging staging, Function<CaptureFiles.Input, String> source)
      implements Lanes.Taker {
    @Override
    public void rows(int capture, Rows rows) throws StoreException {
      staging.load(capture, rows);
    }

    @Override
    public void ended(Delivery ending) throws StoreException {
      int capture = ending.job().capture();
      if (ending instanceof Delivery.Decoded decoded) {
        CaptureFiles.Input input = decoded.job().input();
        staging.load(capture, decoded.names());
        staging.finish(
            capture,
            new CaptureFacts(
                input.name(),
                source.apply(input),
                FactOptions.DEFAULT,
                decoded.summary(),
                decoded.anomalies()));
      } else {
        staging.discard(capture);
      }
    }
  }
}
