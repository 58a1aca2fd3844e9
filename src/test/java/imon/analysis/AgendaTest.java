package imon.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import imon.pcap.CaptureFiles;
import imon.pcap.CaptureReader;
import imon.samples.Tape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgendaTest {
  private static final int WORKERS = 4;
  private static final long LARGE = 100_000_000;
  private static final long SMALL = 1_000_000;
  private static final long UNKNOWN = -1;

  @TempDir Path folder;

  private static Agenda agenda(long... bytes) {
    List<Job> jobs = new ArrayList<>();
    for (long length : bytes) {
      CaptureFiles.Input input =
          new CaptureFiles.Input(null, "capture " + jobs.size(), OptionalLong.empty());
      jobs.add(new Job(jobs.size(), jobs.size() + 1, input, length));
    }
    return new Agenda(WORKERS, jobs);
  }

  private static Job next(Agenda agenda) {
    Job job = agenda.next();
    assertNotNull(job);
    return job;
  }

  private int workers(Agenda agenda, Job job) throws IOException {
    Path file = Files.write(folder.resolve("capture"), new Tape().pcap());
    try (CaptureReader reader = CaptureReader.open(file)) {
      return agenda.begins(job, reader);
    }
  }

  /** How many threads a capture gets that can be read but once. */
  private static int workersOfStream(Agenda agenda, Job job) throws IOException {
    byte[] capture = new Tape().pcap();
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(capture), "test")) {
      return agenda.begins(job, reader);
    }
  }

  @Test
  void capturesComeInTheirOrder() {
    Agenda agenda = agenda(LARGE, SMALL);
    assertEquals(0, next(agenda).place());
    assertEquals(1, next(agenda).place());
    assertNull(agenda.next());
  }

  @Test
  void aLargeCaptureThatIsAloneHasAllWorkers() throws IOException {
    Agenda agenda = agenda(LARGE);
    assertEquals(WORKERS, workers(agenda, next(agenda)));
  }

  @Test
  void aSmallCaptureHasOneEvenWhenItIsAlone() throws IOException {
    Agenda agenda = agenda(SMALL);
    assertEquals(1, workers(agenda, next(agenda)));
  }

  @Test
  void asManyLargeCapturesAsWorkersHaveOneEach() throws IOException {
    Agenda agenda = agenda(LARGE, LARGE, LARGE, LARGE);
    for (int i = 0; i < WORKERS; i++) {
      assertEquals(1, workers(agenda, next(agenda)));
    }
  }

  @Test
  void theLastLargeCaptureHasAllWorkersOnceTheOthersAreRead() throws IOException {
    Agenda agenda = agenda(LARGE, LARGE);
    Job first = next(agenda);
    assertEquals(WORKERS / 2, workers(agenda, first));
    Job last = next(agenda);
    agenda.ends(first);
    assertEquals(WORKERS, workers(agenda, last));
  }

  @Test
  void aGiantAmongSmallOnesHasAllWorkers() throws IOException {
    Agenda agenda = agenda(SMALL, 100 * LARGE, SMALL);
    assertEquals(1, workers(agenda, next(agenda)));
    assertEquals(WORKERS, workers(agenda, next(agenda)));
    assertEquals(1, workers(agenda, next(agenda)));
  }

  @Test
  void whatCanBeReadButOnceHasOneAndTheOthersShareTheRest() throws IOException {
    Agenda agenda = agenda(UNKNOWN, LARGE, LARGE);
    Job stream = next(agenda);
    assertEquals(1, workersOfStream(agenda, stream));
    Job packed = next(agenda);
    assertEquals(1, workersOfStream(agenda, packed));
    Job plain = next(agenda);
    assertEquals(WORKERS - 2, workers(agenda, plain));
    agenda.ends(packed);
    agenda.ends(stream);
    assertEquals(WORKERS, workers(agenda, plain));
  }

  @Test
  void oneCaptureHasNoMoreThanAreWorthIt() throws IOException {
    Agenda agenda = new Agenda(64, List.of(next(agenda(100 * LARGE))));
    assertEquals(8, workers(agenda, next(agenda)));
  }
}
