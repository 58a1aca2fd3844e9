package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one run of the program said and how it ended.
 *
 * @param exitCode as the process would end with
 * @param out standard output
 * @param err standard error
 */
record Program(int exitCode, String out, String err) {
  static final Path SAMPLES = Path.of("sample-captures");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Runs it in this process, with nothing on standard input; arguments by their text, those in
   * collections one by one.
   */
  static Program run(Object... args) {
    return runWithInput(new byte[0], args);
  }

  /** The same when the clock shows this time. */
  static Program runAt(Instant now, Object... args) {
    return run(Clock.fixed(now, ZoneOffset.UTC), new byte[0], args);
  }

  /** The same with these bytes on standard input. */
  static Program runWithInput(byte[] input, Object... args) {
    return run(Clock.systemUTC(), input, args);
  }

  private static Program run(Clock clock, byte[] input, Object... args) {
    return run(clock, input, new ByteArrayOutputStream(), Map.of(), args);
  }

  /** Runs it with these environment variables. */
  static Program runIn(Map<String, String> environment, Object... args) {
    return run(Clock.systemUTC(), new byte[0], new ByteArrayOutputStream(), environment, args);
  }

  /** Runs it with a standard output that takes nothing, as a full disk does. */
  static Program runOntoFullDisk(Object... args) {
    return run(Clock.systemUTC(), new byte[0], new FullDisk(), Map.of(), args);
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }

  private static Program run(
      Clock clock,
      byte[] input,
      OutputStream out,
      Map<String, String> environment,
      Object... args) {
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true),
            80,
            true,
            false,
            false,
            environment);
    int exitCode = Main.run(words(args), terminal, clock);
    String written =
        out instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "";
    return new Program(exitCode, written, err.toString());
  }

  /** Runs it at another time than now, with nothing on standard input. */
  static Program runAt(Clock clock, Object... args) {
    return run(clock, new byte[0], args);
  }

  private static String[] words(Object... args) {
    return Arrays.stream(args)
        .flatMap(arg -> arg instanceof Collection<?> several ? several.stream() : Stream.of(arg))
        .map(String::valueOf)
        .toArray(String[]::new);
  }

  /** The rows {@code imon query --json} gives; fails the test when it fails. */
  static List<JsonNode> query(Path store, String sql) {
    Program run = run("query", "--db", store, "--json", sql);
    assertEquals(ExitCode.DONE, run.exitCode(), run.err());
    List<JsonNode> rows = new ArrayList<>();
    run.json().forEach(rows::add);
    return rows;
  }

  /** Standard output, which must be one JSON document. */
  JsonNode json() {
    return parse(out);
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  /** Fails the test unless the run ended with 0; gives it back. */
  Program done() {
    return ended(ExitCode.DONE);
  }

  /** Fails the test unless the run ended with this code; gives it back. */
  Program ended(int expected) {
    assertEquals(expected, exitCode, err);
    return this;
  }

  /** The lines of standard error. */
  List<String> complaints() {
    return err.lines().toList();
  }
}
