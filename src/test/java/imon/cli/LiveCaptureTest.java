package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole program on a real device: what is sent must be in its files, whatever happens. */
class LiveCaptureTest {
  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  @TempDir Path scratch;
  private Path folder;
  private VethPair veth;

  @BeforeEach
  void plugIn() throws Exception {
    folder = scratch.resolve("captures");
    veth = VethPair.make();
  }

  @AfterEach
  void plugOut() throws Exception {
    if (veth != null) {
      veth.remove();
    }
  }

  @Test
  void turningFilesOverUnderLoadLosesNoPacket() throws Exception {
    int packets = 60_000;
    try (CaptureProcess imon = capture("-C", "1").untilItCaptures()) {
      veth.send(packets);
      assertEquals(0, imon.end("TERM"), imon.err());
      assertTrue(imon.err().contains("60,000 packets, 6,000,000 bytes"), imon.err());
      assertTrue(imon.err().contains(" 0 dropped by the kernel"), imon.err());
      assertEquals(files(), imon.out().lines().sorted().toList());
    }
    assertEquals(7, files().size());
    assertEquals(numbers(0, packets), captured());
    Program.run("analyze", folder, "--json", "-").done();
  }

  @LongTest
  @Test
  void allFilesAreInTheStoreWhenTheCaptureEnds() throws Exception {
    Path store = scratch.resolve("imon.db");
    try (CaptureProcess imon = capture("-C", "1", "--db", store.toString()).untilItCaptures()) {
      veth.send(20_000);
      assertEquals(0, imon.end("TERM"), imon.err());
    }
    assertEquals(files(), kept(store));
    assertEquals(
        20_000,
        Program.query(store, "SELECT sum(packets)::INT AS n FROM captures")
            .get(0)
            .path("n")
            .asInt());
  }

  private static List<String> kept(Path store) {
    return Program.query(store, "SELECT path FROM captures ORDER BY path").stream()
        .map(row -> row.path("path").asText())
        .toList();
  }

  @LongTest
  @Test
  void whatAKilledRunDidNotKeepTheNextOneKeeps() throws Exception {
    Path stores = Files.createDirectory(scratch.resolve("stores"));
    Path store = stores.resolve("imon.db");
    String[] options = {"-C", "1", "--compress", "zstd", "--db", store.toString()};
    try (CaptureProcess imon = capture(options).untilItCaptures()) {
      Files.delete(stores);
      veth.send(20_000);
      imon.until(() -> imon.err().contains("the ingest ended with 1; it is tried again"));
      assertEquals(137, imon.end("KILL"));
    }
    Files.createDirectory(stores);
    try (CaptureProcess imon = capture(options).untilItCaptures()) {
      veth.send(10);
      assertEquals(0, imon.end("TERM"), imon.err());
    }
    assertTrue(files().size() >= 3, files()::toString);
    assertEquals(files(), kept(store));
  }

  @LongTest
  @Test
  void aJobMayBeginWithItsOwnCapture() throws Exception {
    Path job = ticketJob();
    String[] words = {"job", "run", job.toString()};
    try (CaptureProcess imon =
        CaptureProcess.start(
            scratch, veth.inNamespace(), List.of(), CaptureProcess.classPath(), words)) {
      assertEquals(0, imon.exitCode(), imon.err());
      assertTrue(imon.err().contains("capturing on " + veth.far), imon.err());
      assertTrue(imon.err().contains("new captures: 1, known: 0"), imon.err());
    }
    String report = Files.readString(scratch.resolve("latest/report.json"));
    assertEquals(1, Program.parse(report).path("schema_version").asInt(), report);
  }

  @LongTest
  @Test
  void totalsAreShownWhileFilesAreTurnedOver() throws Exception {
    try (CaptureProcess imon = capture("-C", "1", "--totals", "1s").untilItCaptures()) {
      veth.send(15_000);
      imon.until(() -> imon.err().contains(": 15,000 packets, 1.50 MB\n"));
      assertTrue(imon.err().contains(" no site: local, unresolved, other traffic\n"), imon.err());
      assertEquals(0, imon.end("TERM"), imon.err());
      assertTrue(!imon.err().contains("the totals ended"), imon.err());
    }
    assertEquals(numbers(0, 15_000), captured());
  }

  @LongTest
  @Test
  void turningFilesOverByTheClockUnderLoadLosesNoPacket() throws Exception {
    try (CaptureProcess imon = capture("-G", "1", "-C", "1").untilItCaptures()) {
      for (int turn = 0; turn < 4; turn++) {
        long told = imon.out().lines().count();
        veth.send(3_000);
        // Not those in the folder, among which is the one that the next packets will go to.
        imon.until(() -> imon.out().lines().count() > told);
      }
      veth.send(3_000);
      assertEquals(0, imon.end("TERM"), imon.err());
    }
    assertEquals(numbers(0, 15_000), captured());
    assertTrue(files().size() >= 5, "a file for each second");
  }

  private Path ticketJob() throws IOException {
    return Files.writeString(
        scratch.resolve("ticket.toml"),
        """
        [capture]
        interface = "%s"
        duration = "1s"
        [captures]
        folder = "captures"
        [store]
        file = "ticket.db"
        [report]
        folder = "report-{date}"
        period = "run"
        formats = ["json"]
        """
            .formatted(veth.far));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalEndsTheCaptureWithAllThatWasSentBefore(String signal) throws Exception {
    try (CaptureProcess imon = capture().untilItCaptures()) {
      veth.send(100);
      assertEquals(0, imon.end(signal), imon.err());
    }
    assertEquals(numbers(0, 100), captured());
  }

  @LongTest
  @Test
  void theNextStartFinishesWhatAKilledRunLeft() throws Exception {
    try (CaptureProcess imon = capture().untilItCaptures()) {
      veth.send(100);
      imon.until(() -> bytesWritten() > 100 * VethPair.FRAME_LENGTH);
      assertEquals(137, imon.end("KILL"));
    }
    try (CaptureProcess imon = capture("--packets", "10").untilItCaptures()) {
      imon.until(() -> imon.err().contains("finished for a killed run, 100 packets"));
      veth.send(10);
      assertEquals(0, imon.exitCode(), imon.err());
    }
    assertEquals(2, files().size());
    assertEquals(numbers(0, 110), captured());
  }

  @LongTest
  @Test
  void aDeviceThatIsRemovedIsCapturedFromAgainWhenItIsBack() throws Exception {
    try (CaptureProcess imon = capture().untilItCaptures()) {
      veth.send(50);
      imon.until(() -> bytesWritten() > 50 * VethPair.FRAME_LENGTH);
      veth.disconnect();
      imon.until(() -> imon.err().contains("waiting until it is back"));
      veth.connect();
      imon.until(() -> imon.err().contains(": is back\n"));
      veth.send(50);
      assertEquals(0, imon.end("TERM"), imon.err());
    }
    assertEquals(numbers(0, 100), captured());
  }

  @LongTest
  @Test
  void aDeviceThatIsDownIsSaid() throws Exception {
    List<String> link = List.of("ip", "link", "set", veth.far);
    try (CaptureProcess imon = capture().untilItCaptures()) {
      runInNamespace(link, "down");
      imon.until(() -> imon.err().contains("is down; waiting"));
      runInNamespace(link, "up");
      imon.until(() -> imon.err().contains("is up again"));
      veth.send(50);
      assertEquals(0, imon.end("TERM"), imon.err());
    }
    assertEquals(numbers(0, 50), captured());
  }

  @Test
  void aFilterThatIsNoneIsSaidAsLibpcapSaysIt() throws Exception {
    try (CaptureProcess imon = capture("--filter", "foo bar(")) {
      assertEquals(2, imon.exitCode(), imon.err());
      assertTrue(
          imon.err().contains("imon capture: --filter 'foo bar(': can't parse filter expression:"),
          imon.err());
    }
  }

  private void runInNamespace(List<String> command, String word) throws Exception {
    List<String> all = new ArrayList<>(veth.inNamespace());
    all.addAll(command);
    all.add(word);
    veth.run(all.toArray(String[]::new));
  }

  @Test
  void aFullDiskIsSaidAndWhatIsWrittenStaysWhole() throws Exception {
    Files.createDirectories(folder);
    veth.run("mount", "-t", "tmpfs", "-o", "size=1m", "imon-test", folder.toString());
    try (CaptureProcess imon = capture().untilItCaptures()) {
      veth.send(20_000);
      imon.until(() -> imon.err().contains("packets are lost"));
      assertEquals(1, imon.end("TERM"), imon.err());
      assertTrue(imon.err().contains("packets could not be written"), imon.err());
      List<Integer> captured = captured();
      assertEquals(numbers(0, captured.size()), captured);
      assertTrue(captured.size() > 8000, () -> captured.size() + " packets");
      Program.run("analyze", folder, "--json", "-").done();
    } finally {
      veth.run("umount", folder.toString());
    }
  }

  @LongTest
  @Test
  void aDiskThatIsFullAtOnceIsSaidWithItsFolder() throws Exception {
    Files.createDirectories(folder);
    veth.run("mount", "-t", "tmpfs", "-o", "size=16k", "imon-test", folder.toString());
    try {
      Files.write(folder.resolve("other"), new byte[16 * 1024]);
      try (CaptureProcess imon = capture()) {
        assertEquals(1, imon.exitCode());
        assertEquals(
            "imon: " + folder + ": cannot be written to: No space left on device\n", imon.err());
      }
    } finally {
      veth.run("umount", folder.toString());
    }
  }

  @Test
  void packetsThatWentWithTheirFolderAreLost() throws Exception {
    try (CaptureProcess imon = capture().untilItCaptures()) {
      veth.send(100);
      imon.until(() -> bytesWritten() > 100 * VethPair.FRAME_LENGTH);
      veth.run("rm", "-r", folder.toString());
      assertEquals(1, imon.end("TERM"), imon.err());
      assertTrue(imon.err().contains("is gone, and with it packets: 100\n"), imon.err());
      assertTrue(imon.err().contains(": 0 packets, 0 bytes on the wire, in 0 files"), imon.err());
      assertTrue(imon.err().contains("100 packets could not be written or went"), imon.err());
    }
  }

  @LongTest
  @Test
  void theCapabilityAloneSufficesAndWithoutItTheWaysToItAreSaid() throws Exception {
    String classPath = readableClassPath();
    List<String> command = new ArrayList<>(veth.inNamespace());
    command.addAll(NOBODY);
    try (CaptureProcess imon = capture(command, classPath)) {
      assertEquals(1, imon.exitCode());
      assertTrue(imon.err().contains("CAP_NET_RAW"), imon.err());
      assertEquals(1, imon.err().lines().count(), imon.err());
    }
    command.addAll(List.of("--inh-caps=+net_raw", "--ambient-caps=+net_raw"));
    try (CaptureProcess imon = capture(command, classPath, "--packets", "20").untilItCaptures()) {
      veth.send(20);
      assertEquals(0, imon.exitCode(), imon.err());
    }
    assertEquals(numbers(0, 20), captured());
    for (String file : files()) {
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))));
    }
  }

  /** Copies, because a user without rights may not read where they are. */
  private String readableClassPath() throws Exception {
    Path library = Files.createDirectories(scratch.resolve("library"));
    List<String> copies = new ArrayList<>();
    for (String entry : CaptureProcess.classPathEntries()) {
      Path copy = library.resolve(copies.size() + "-" + Path.of(entry).getFileName());
      if (Files.exists(Path.of(entry))) {
        veth.run("cp", "-r", entry, copy.toString());
        copies.add(copy.toString());
      }
    }
    veth.run("chmod", "-R", "a+rX", scratch.toString());
    veth.run("mkdir", "-m", "777", folder.toString());
    return String.join(":", copies);
  }

  private CaptureProcess capture(String... options) throws IOException {
    return capture(veth.inNamespace(), CaptureProcess.classPath(), options);
  }

  private CaptureProcess capture(List<String> before, String classPath, String... options)
      throws IOException {
    List<String> args = new ArrayList<>(List.of("capture", "-i", veth.far));
    args.addAll(List.of("-w", folder.toString(), "--tz", "UTC"));
    args.addAll(List.of(options));
    return CaptureProcess.start(scratch, before, List.of(), classPath, args.toArray(String[]::new));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private long bytesWritten() throws IOException {
    long bytes = 0;
    for (String file : files()) {
      bytes += Files.size(Path.of(file));
    }
    return bytes;
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  /** The numbers of the packets in all files, sorted; each file must be whole. */
  private List<Integer> captured() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (String file : files()) {
      assertTrue(file.endsWith(".pcap"), file);
      CapturedFrames.show(
          Path.of(file), (block, index) -> numbers.add(VethPair.number(block, index)));
    }
    numbers.sort(null);
    return numbers;
  }
}
