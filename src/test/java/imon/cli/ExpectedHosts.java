package imon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import imon.testing.RealCaptures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Host names that other programs found in flows of the real captures. */
final class ExpectedHosts {
  private static final CSVFormat WITH_HEADER =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  /** Names from here on may have been cut by who found them. */
  private static final int CUT_LENGTH = 61;

  private ExpectedHosts() {}

  /** A flow with its ends in no order: programs differ in who the client is. */
  record Flow(String capture, String protocol, ImmutableSet<String> ends) {
    private static Flow of(UnaryOperator<String> column) {
      return new Flow(
          column.apply("capture"),
          column.apply("protocol").toLowerCase(Locale.ROOT),
          ImmutableSet.of(
              end(column.apply("client_ip"), column.apply("client_port")),
              end(column.apply("server_ip"), column.apply("server_port"))));
    }

    private static String end(String ip, String port) {
      return InetAddresses.toAddrString(InetAddresses.forString(ip)) + " " + port;
    }
  }

  /** What became of an expected name. */
  enum Verdict {
    FOUND,
    MISSING,
    WRONG
  }

  /**
   * One expectation.
   *
   * @param hosts names that are equally right
   * @param foundBy who found it: {@code both} other programs, or which
   */
  record Expected(Flow flow, ImmutableSet<String> hosts, String foundBy) {
    Verdict verdict(Map<Flow, Set<String>> named) {
      Set<String> names = named.getOrDefault(flow, Set.of());
      if (names.stream().anyMatch(this::isRight)) {
        return Verdict.FOUND;
      }
      return names.isEmpty() ? Verdict.MISSING : Verdict.WRONG;
    }

    private boolean isRight(String name) {
      return hosts.contains(name)
          || hosts.stream().anyMatch(h -> h.length() >= CUT_LENGTH && name.startsWith(h));
    }
  }

  static List<Expected> read() throws IOException {
    var file = Files.newBufferedReader(RealCaptures.folder().resolve("expected-hosts.csv"));
    try (CSVParser rows = CSVParser.parse(file, WITH_HEADER)) {
      return rows.stream()
          .map(
              row ->
                  new Expected(
                      Flow.of(row::get),
                      ImmutableSet.copyOf(row.get("host").split("\\|")),
                      row.get("found_by")))
          .toList();
    }
  }

  /** Names by flow of rows with the columns of expected-hosts.csv. */
  static Map<Flow, Set<String>> named(List<JsonNode> rows) {
    Map<Flow, Set<String>> named = new HashMap<>();
    for (JsonNode row : rows) {
      Flow flow = Flow.of(column -> row.get(column).asText());
      named.computeIfAbsent(flow, f -> new HashSet<>()).add(row.get("host").asText());
    }
    return named;
  }
}
