package imon.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.RealCaptures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class RealCapturesTest {
  /** Its one UDP row is a DTLS flow's. */
  private static final String WITHOUT_QUIC = "rdp2.pcap";

  private static final CSVFormat WITH_HEADER =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  /** The names of a capture's flows, a flow written with the lesser endpoint first. */
  private static Map<String, Map<String, String>> expected() throws IOException {
    Path file = RealCaptures.folder().resolve("expected-hosts.csv");
    Map<String, Map<String, String>> captures = new TreeMap<>();
    try (CSVParser rows = CSVParser.parse(Files.newBufferedReader(file), WITH_HEADER)) {
      for (CSVRecord row : rows) {
        if (row.get("protocol").equals("udp") && !row.get("capture").equals(WITHOUT_QUIC)) {
          String client = row.get("client_ip") + " " + row.get("client_port");
          String server = row.get("server_ip") + " " + row.get("server_port");
          captures
              .computeIfAbsent(row.get("capture"), unseen -> new TreeMap<>())
              .put(QuicNames.flow(client, server), row.get("host"));
        }
      }
    }
    return captures;
  }

  @Test
  void everyExpectedNameIsFoundAndNoneIsWrong() throws IOException {
    Map<String, Map<String, String>> captures = expected();
    assertFalse(captures.isEmpty());
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, Map<String, String>> capture : captures.entrySet()) {
      QuicNames names = QuicNames.of(RealCaptures.folder().resolve(capture.getKey()));
      capture
          .getValue()
          .forEach(
              (flow, host) -> {
                String found = names.hosts().getOrDefault(flow, "nothing");
                if (!List.of(host.split("\\|")).contains(found)) {
                  differences.add(capture.getKey() + ": " + flow + " " + host + ", not " + found);
                }
              });
    }
    assertEquals("", String.join("\n", differences));
  }

  /** Neither nDPI nor tshark finds more. */
  @Test
  void noOtherFlowOfAnyCaptureIsNamed() throws IOException {
    Map<String, Map<String, String>> captures = expected();
    TreeSet<String> others = new TreeSet<>();
    for (RealCaptures.Totals totals : RealCaptures.totals()) {
      Map<String, String> known = captures.getOrDefault(totals.capture(), Map.of());
      QuicNames.of(totals.path())
          .hosts()
          .forEach(
              (flow, host) -> {
                if (!known.containsKey(flow)) {
                  others.add(totals.capture() + ": " + flow + " " + host);
                }
              });
    }
    assertEquals("", String.join("\n", others));
  }

  @Test
  void clientsAreThoseThatSentTheHello() throws IOException {
    QuicNames names = QuicNames.of(RealCaptures.folder().resolve("quic_interop_V.pcapng"));
    assertFalse(names.clients().isEmpty());
    assertTrue(
        names.clients().stream()
            .allMatch(
                client ->
                    client.startsWith("192.168.1.128 ")
                        || client.startsWith("2001:b07:ac9:d5ae:a4d3:fe47:691e:807d ")),
        () -> names.clients().toString());
  }
}
