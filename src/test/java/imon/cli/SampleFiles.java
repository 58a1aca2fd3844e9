package imon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of {@code sample-captures}: each sample has a name, a capture and a truth. */
final class SampleFiles {
  private static final String TRUTH = ".truth.json";

  private SampleFiles() {}

  /** The names of all samples, sorted. */
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(Program.SAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(TRUTH))
          .map(file -> file.substring(0, file.length() - TRUTH.length()))
          .sorted()
          .toList();
    }
  }

  static JsonNode truth(String name) throws IOException {
    return Program.parse(Files.readString(Program.SAMPLES.resolve(name + TRUTH)));
  }

  static Path capture(String name) throws IOException {
    try (Stream<Path> files = Files.list(Program.SAMPLES)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name + ".pcap"))
          .findFirst()
          .orElseThrow();
    }
  }
}
