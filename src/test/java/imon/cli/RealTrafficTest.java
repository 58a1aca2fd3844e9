package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.pcap.Block;
import imon.testing.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real programs talk over a real device: a resolver, a web server and a browser of sorts, with
 * tcpdump beside imon. Every packet is in both captures, and each site has what it sent.
 */
class RealTrafficTest {
  private static final String RESOLVER = "203.0.113.53";
  private static final String FILE_NAME = "page.bin";
  private static final int FILE_BYTES = 1_300_000;
  private static final int HEAD_BYTES = 96;
  private static final int SOURCE_ADDRESS = 26;
  private static final int DESTINATION_ADDRESS = 30;

  /** A name, its address, and the evidence that its traffic leaves. */
  private enum Server {
    SHOP("www.harbourlight.org", "harbourlight.org", "203.0.113.1", "tls"),
    VIDEO("cdn.mapletrail.net", "mapletrail.net", "203.0.113.2", "tls"),
    PLAIN("plain.stonebridge.com", "stonebridge.com", "203.0.113.3", "http"),
    SILENT("files.quietbay.org", "quietbay.org", "203.0.113.4", "dns");

    private final String host;
    private final String site;
    private final String address;
    private final String evidence;

    Server(String host, String site, String address, String evidence) {
      this.host = host;
      this.site = site;
      this.address = address;
      this.evidence = evidence;
    }
  }

  @TempDir private Path scratch;
  private Path folder;
  private Path beside;
  private TwoHosts hosts;

  @BeforeEach
  void serve() throws Exception {
    Programs.required("curl", "curl");
    String dnsmasq = Programs.required("dnsmasq", "dnsmasq-base").toString();
    String nginx = Programs.required("nginx", "nginx-light").toString();
    folder = scratch.resolve("captures");
    beside = scratch.resolve("beside.pcap");
    List<String> addresses = new ArrayList<>(List.of(RESOLVER));
    Stream.of(Server.values()).forEach(server -> addresses.add(server.address));
    hosts = TwoHosts.make(addresses);
    resolve(dnsmasq);
    serveFiles(nginx);
  }

  @AfterEach
  void end() throws Exception {
    if (hosts != null) {
      hosts.remove();
    }
  }

  private void resolve(String dnsmasq) throws Exception {
    Path started = scratch.resolve("dnsmasq.pid");
    List<String> command =
        new ArrayList<>(
            List.of(dnsmasq, "--keep-in-foreground", "--conf-file=/dev/null", "--user=root"));
    command.addAll(List.of("--no-resolv", "--no-hosts", "--bind-interfaces"));
    command.addAll(List.of("--listen-address=" + RESOLVER, "--pid-file=" + started));
    for (Server server : Server.values()) {
      command.add("--address=/" + server.host + "/" + server.address);
    }
    hosts.serve(scratch.resolve("dnsmasq.log"), command.toArray(String[]::new));
    hosts.until(() -> TwoHosts.hasText(started));
    Files.writeString(scratch.resolve("resolv.conf"), "nameserver " + RESOLVER + "\n");
  }

  private void serveFiles(String nginx) throws Exception {
    Path pages = Files.createDirectory(scratch.resolve("pages"));
    Files.write(pages.resolve(FILE_NAME), new byte[FILE_BYTES]);
    PemFiles pem = PemFiles.make(scratch);
    Path started = scratch.resolve("nginx.pid");
    Path settings = scratch.resolve("nginx.conf");
    StringBuilder text = new StringBuilder();
    text.append(
        "daemon off; user root; pid %s; events {} http { access_log off; ".formatted(started));
    for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      text.append("%s_temp_path %s; ".formatted(kind, scratch.resolve("nginx-" + kind)));
    }
    for (Server server : Server.values()) {
      boolean clear = server == Server.PLAIN;
      text.append("server { listen %s:%s; ".formatted(server.address, clear ? "80" : "443 ssl"));
      text.append(
          "ssl_certificate %s; ssl_certificate_key %s; ".formatted(pem.certificate(), pem.key()));
      text.append("root %s; } ".formatted(pages));
    }
    Files.writeString(settings, text.append("}"));
    String log = scratch.resolve("nginx.log").toString();
    hosts.serve(
        scratch.resolve("nginx.out"),
        nginx,
        "-e",
        log,
        "-p",
        scratch.toString(),
        "-c",
        settings.toString());
    hosts.until(() -> TwoHosts.hasText(started));
  }

  @Test
  void everyPacketIsCapturedAndEverySiteHasItsOwn() throws Exception {
    Process tcpdump = tcpdump();
    try (CaptureProcess imon = imon()) {
      browse();
      hosts.unplug();
      assertEquals(0, imon.end("TERM"), imon.err());
      assertTrue(imon.err().contains(" 0 dropped by the kernel"), imon.err());
    }
    List<String> captured = packets(files());
    hosts.until(() -> packets(List.of(beside)).size() >= captured.size());
    hosts.end(tcpdump);
    assertEquals(packets(List.of(beside)), captured);
    assertTrue(files().size() >= 3, "at least two rotations");
    assertEquals(expected(), analyzed());
  }

  private Process tcpdump() throws Exception {
    Programs.required("tcpdump", "tcpdump");
    Path log = scratch.resolve("tcpdump.log");
    Process tcpdump =
        hosts.startOnClient(
            log,
            "tcpdump",
            "-i",
            hosts.clientDevice,
            "-U",
            "-B",
            "65536",
            "-Z",
            "root",
            "--time-stamp-precision=nano",
            "-w",
            beside.toString());
    hosts.until(() -> Files.readString(log).contains("listening on"));
    return tcpdump;
  }

  private CaptureProcess imon() throws Exception {
    return CaptureProcess.start(
            scratch,
            hosts.onClient(),
            List.of(),
            CaptureProcess.classPath(),
            "capture",
            "-i",
            hosts.clientDevice,
            "-w",
            folder.toString(),
            "-C",
            "2")
        .untilItCaptures();
  }

  private void browse() throws Exception {
    fetch("https://" + Server.SHOP.host);
    fetch("https://" + Server.VIDEO.host);
    fetch("http://" + Server.PLAIN.host);
    hosts.runOnClient(resolving("getent", "ahostsv4", Server.SILENT.host));
    // Without a name there is no SNI.
    fetch("https://" + Server.SILENT.address);
  }

  private void fetch(String server) throws Exception {
    String target = scratch.resolve("fetched").toString();
    hosts.runOnClient(
        resolving(
            "curl",
            "--insecure",
            "--fail",
            "--silent",
            "--output",
            target,
            server + "/" + FILE_NAME));
    assertEquals(FILE_BYTES, Files.size(Path.of(target)));
  }

  /** With our resolver in place of the machine's; {@code ip netns exec} keeps mounts to itself. */
  private String[] resolving(String... command) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("sh", "-c", "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\""));
    words.add(scratch.resolve("resolv.conf").toString());
    words.addAll(List.of(command));
    return words.toArray(String[]::new);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** What to be told of each site: the bytes that went to and from its address, by tcpdump. */
  private Map<String, String> expected() throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    CapturedFrames.show(
        beside,
        (block, index) -> {
          for (int at : new int[] {SOURCE_ADDRESS, DESTINATION_ADDRESS}) {
            bytes.merge(address(block, index, at), (long) block.wireLength(index), Long::sum);
          }
        });
    Map<String, String> expected = new TreeMap<>();
    for (Server server : Server.values()) {
      expected.put(
          server.site, server.evidence + " " + server.host + " " + bytes.get(server.address));
    }
    return expected;
  }

  private static String address(Block block, int index, int at) throws IOException {
    int from = block.start(index) + at;
    return InetAddress.getByAddress(Arrays.copyOfRange(block.bytes(), from, from + 4))
        .getHostAddress();
  }

  private Map<String, String> analyzed() {
    Map<String, String> sites = new TreeMap<>();
    Program.run("analyze", folder, "--json", "-")
        .done()
        .json()
        .path("sites")
        .forEach(site -> sites.put(site.path("site").asText(), told(site)));
    return sites;
  }

  /** A rotation may cut a connection: then its other part has a kind of evidence of its own. */
  private static String told(JsonNode site) {
    List<String> words = new ArrayList<>();
    site.path("evidence").forEach(evidence -> words.add(evidence.path("kind").asText()));
    words.remove("continued");
    site.path("hosts").forEach(host -> words.add(host.path("host").asText()));
    words.add(site.path("bytes").asText());
    return String.join(" ", words);
  }

  /** All packets by their bytes, sorted: two programs need not see them in one order. */
  private static List<String> packets(List<Path> files) throws IOException {
    List<String> packets = new ArrayList<>();
    for (Path file : files) {
      CapturedFrames.show(file, (block, index) -> packets.add(text(block, index)));
    }
    packets.sort(null);
    return packets;
  }

  private static String text(Block block, int index) {
    int from = block.start(index);
    int to = from + block.capturedLength(index);
    String head = HexFormat.of().formatHex(block.bytes(), from, Math.min(to, from + HEAD_BYTES));
    byte[] bytes = Arrays.copyOfRange(block.bytes(), from, to);
    return head + " " + block.wireLength(index) + " " + Arrays.hashCode(bytes);
  }
}
