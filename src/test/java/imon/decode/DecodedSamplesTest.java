package imon.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.wire.Addresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples, decoded by one worker, against their truths. */
class DecodedSamplesTest {
  private static final Path FOLDER = Path.of("sample-captures");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AnomalyCounts anomalies = new AnomalyCounts();

  static List<String> samples() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains(".pcap") && !name.equals("cut-header.pcap"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyPacketIsBetweenTheAddressesOfItsTruth(String sample) throws IOException {
    JsonNode truth = truth(sample);
    if (truth.has("flows")) {
      assertEquals(expected(truth), decoded(FOLDER.resolve(sample)));
    } else {
      long sum = decoded(FOLDER.resolve(sample)).values().stream().mapToLong(n -> n).sum();
      assertEquals(truth.get("packets").asLong(), sum);
    }
  }

  private static JsonNode truth(String sample) throws IOException {
    String name = sample.replaceFirst("\\.pcap.*$", "") + ".truth.json";
    return JSON.readTree(FOLDER.resolve(name).toFile());
  }

  private static Map<String, Long> expected(JsonNode truth) {
    Map<String, Long> packets = new TreeMap<>();
    for (JsonNode flow : truth.get("flows")) {
      String client = flow.get("client_ip").asText();
      String server = flow.get("server_ip").asText();
      add(packets, client + " > " + server, flow.get("up_packets").asLong());
      add(packets, server + " > " + client, flow.get("down_packets").asLong());
    }
    for (JsonNode row : truth.get("ledger")) {
      String name = row.get("class").asText();
      if (name.equals("non-ip") || name.equals("undecodable")) {
        add(packets, name, row.get("packets").asLong());
      }
    }
    return packets;
  }

  private static void add(Map<String, Long> packets, String key, long more) {
    if (more > 0) {
      packets.merge(key, more, Long::sum);
    }
  }

  private Map<String, Long> decoded(Path file) throws IOException {
    Map<String, Long> packets = new TreeMap<>();
    Block block = new Block();
    Dealer dealer = new Dealer();
    Packet packet = new Packet(anomalies);
    try (CaptureReader reader = CaptureReader.open(file)) {
      while (reader.read(block)) {
        for (int i = 0; i < block.count(); i++) {
          assertTrue(dealer.deals(block, i));
          add(packets, key(packet.read(block, i, dealer), packet), 1);
        }
      }
    }
    anomalies.merge(dealer.anomalies());
    return packets;
  }

  private static String key(Packet.Kind kind, Packet packet) {
    return switch (kind) {
      case NON_IP -> "non-ip";
      case UNDECODABLE -> "undecodable";
      case FILTERED -> "filtered";
      case FLOW ->
          Addresses.text(packet.sourceHigh(), packet.sourceLow())
              + " > "
              + Addresses.text(packet.destinationHigh(), packet.destinationLow());
    };
  }
}
