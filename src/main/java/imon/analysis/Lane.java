package imon.analysis;

import com.google.common.base.Throwables;
import imon.flow.option.FactOptions;
import imon.flow.row.RowSink;
import imon.name.AddressNames;
import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureReader;
import imon.wire.filter.FilterCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes one capture after another from the agenda, in a thread of its own, and delivers what is in
 * it: alone, or with a crew.
 */
final class Lane implements Failure.Work {
  private final Agenda agenda;
  private final Deliveries deliveries;
  private final InputStream standardInput;
  private final Progress progress;
  private final FactOptions options;
  private final @Nullable FilterCompiler filter;
  private Decoder decoder;

  Lane(
      Agenda agenda,
      Deliveries deliveries,
      InputStream standardInput,
      Progress progress,
      FactOptions options,
      @Nullable FilterCompiler filter) {
    this.agenda = agenda;
    this.deliveries = deliveries;
    this.standardInput = standardInput;
    this.progress = progress;
    this.options = options;
    this.filter = filter;
    decoder = new Decoder(options, filter);
  }

  @Override
  public void run() throws InterruptedException {
    for (Job job = agenda.next(); job != null; job = agenda.next()) {
      try {
        deliveries.put(read(job));
      } finally {
        agenda.ends(job);
      }
    }
  }

  private Delivery read(Job job) throws InterruptedException {
    try (CaptureReader reader = job.input().open(standardInput)) {
      reader.lookFor(job.known());
      progress.begins(job.input(), reader);
      try {
        AnomalyCounts anomalies = decode(job, reader);
        anomalies.merge(reader.summary().anomalies());
        AddressNames names = new AddressNames();
        reader.names().forEach(name -> names.add(name.high(), name.low(), name.text()));
        return new Delivery.Decoded(job, reader.summary(), anomalies, names, reader.grownFrom());
      } finally {
        progress.ends(reader);
      }
    } catch (UncheckedIOException e) {
      return new Delivery.Unreadable(job, job.input().name() + ": " + e.getMessage());
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      return new Delivery.Unreadable(job, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      if (e instanceof Failure.Interrupted || e.getCause() instanceof Error) {
        throw e;
      }
      // Whatever it has kept of this capture may be wrong.
      decoder = new Decoder(options, filter);
      return new Delivery.Unreadable(job, job.input().name() + ": " + fault(e));
    }
  }

  /** The other captures are read all the same. */
  private static String fault(RuntimeException e) {
    Throwable cause = Throwables.getRootCause(e);
    String where =
        Stream.of(cause.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("imon."))
            .findFirst()
            .map(frame -> " at " + frame)
            .orElse("");
    return "left out, for a fault of imon itself: %s%s; please report it".formatted(cause, where);
  }

  private AnomalyCounts decode(Job job, CaptureReader reader)
      throws IOException, InterruptedException {
    RowSink rows = deliveries.sink(job);
    int threads = agenda.begins(job, reader);
    return threads > 1
        ? new Crew(threads, options, filter).run(reader, rows)
        : decoder.run(reader, rows);
  }
}
