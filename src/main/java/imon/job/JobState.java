package imon.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imon.job.file.Job;
import imon.pcap.write.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which periods a job has reported; kept in a small file beside the store. */
final class JobState {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final LocalDate since;
  private final SortedSet<LocalDate> done = new TreeSet<>();

  private JobState(Path file, LocalDate since) {
    this.file = file;
    this.since = since;
  }

  static Path file(Job job) {
    return beside(job, ".state.json");
  }

  /** A file of this job beside its store. */
  static Path beside(Job job, String suffix) {
    Path store = job.store().file();
    return store.resolveSibling(store.getFileName() + "." + job.name() + suffix);
  }

  /** Keeps the first period of a job that has never run; it is due until it is done. */
  static void begin(Job job, LocalDate first) throws IOException {
    JobState state = read(job, first);
    if (!Files.exists(state.file)) {
      state.write();
    }
  }

  /**
   * Reads it.
   *
   * @param first the first period of a job that has never run
   */
  static JobState read(Job job, LocalDate first) throws IOException {
    Path file = file(job);
    if (!Files.exists(file)) {
      return new JobState(file, first);
    }
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      JobState state = new JobState(file, LocalDate.parse(json.path("since").asText()));
      for (JsonNode day : json.path("done")) {
        state.done.add(LocalDate.parse(day.asText()));
      }
      return state;
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IOException(
          file + ": is damaged; delete it, and the job begins anew with its last period", e);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read: " + IoReason.of(e), e);
    }
  }

  /** The first period of the job. */
  LocalDate since() {
    return since;
  }

  SortedSet<LocalDate> done() {
    return Collections.unmodifiableSortedSet(done);
  }

  /**
   * Adds a period and writes the file, whole or not at all.
   *
   * @param earliest what lies before it is forgotten
   */
  void add(LocalDate period, LocalDate earliest) throws IOException {
    done.add(period);
    done.removeIf(day -> day.isBefore(earliest));
    write();
  }

  private void write() throws IOException {
    ObjectNode json = JSON.createObjectNode().put("since", since.toString());
    ArrayNode days = json.putArray("done");
    done.forEach(day -> days.add(day.toString()));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, json.toPrettyString() + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be written: " + IoReason.of(e), e);
    }
  }
}
