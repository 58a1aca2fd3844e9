package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.testing.LongTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The device that stands for all others, where two of them carry packets. */
@LongTest
class AnyDeviceTest {
  private static final String SERVER = "203.0.113.1";

  @TempDir private Path scratch;
  private TwoHosts hosts;

  @AfterEach
  void remove() throws Exception {
    if (hosts != null) {
      hosts.remove();
    }
  }

  @Test
  void packetsOfBothDevicesAreCaptured() throws Exception {
    Path folder = scratch.resolve("captures");
    hosts = TwoHosts.make(List.of(SERVER));
    try (CaptureProcess imon = capture(folder)) {
      say("over the cable", SERVER);
      say("on the loopback device", "127.0.0.1");
      assertEquals(0, imon.end("TERM"), imon.err());
      assertTrue(imon.err().contains("capturing on any (LINUX_SLL"), imon.err());
    }
    String bytes = Files.readString(onlyFile(folder), StandardCharsets.ISO_8859_1);
    assertTrue(bytes.contains("over the cable"));
    assertTrue(bytes.contains("on the loopback device"));
    JsonNode report = Program.run("analyze", folder, "--json", "-").done().json();
    assertTrue(servers(report).contains(SERVER + " 9"), report::toString);
    assertTrue(bytesOf("local", report) > 0, report::toString);
  }

  private CaptureProcess capture(Path folder) throws Exception {
    return CaptureProcess.start(
            scratch,
            hosts.onClient(),
            List.of(),
            CaptureProcess.classPath(),
            "capture",
            "-i",
            "any",
            "-w",
            folder.toString())
        .untilItCaptures();
  }

  /** By UDP, to nobody who listens. */
  private void say(String text, String address) throws Exception {
    hosts.runOnClient("bash", "-c", "printf '%s' \"$0\" > /dev/udp/$1/9", text, address);
  }

  private static Path onlyFile(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size(), all::toString);
      return all.get(0);
    }
  }

  private static List<String> servers(JsonNode report) {
    List<String> servers = new ArrayList<>();
    report
        .path("unresolved")
        .forEach(row -> servers.add(row.path("ip").asText() + " " + row.path("port").asText()));
    return servers;
  }

  private static long bytesOf(String name, JsonNode report) {
    long bytes = 0;
    for (JsonNode row : report.path("ledger")) {
      bytes += row.path("name").asText().equals(name) ? row.path("bytes").asLong() : 0;
    }
    return bytes;
  }
}
