package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import imon.testing.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobCheckCommandTest {
  private static final Instant MORNING = Instant.parse("2026-03-03T04:00:00Z");

  private static final String PLAIN =
      """
      name = "night"
      timezone = "UTC"
      at = "06:00"
      [captures]
      folder = "captures"
      [store]
      file = "imon.db"
      [report]
      folder = "reports/{date}"
      """;

  @TempDir private Path home;

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("docs", "jobs"))) {
      List<Path> samples = files.sorted().toList();
      assertEquals(3, samples.size());
      return samples;
    }
  }

  private Path job(String text) throws IOException {
    return Files.writeString(home.resolve("night.toml"), text);
  }

  private static Program check(Path job) {
    return Program.runAt(MORNING, "job", "check", job);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theSampleFilesAreRight(Path sample) {
    Program check = check(sample).done();
    assertEquals("", check.err());
    assertTrue(check.out().contains("next run"), check.out());
  }

  @Test
  void itSaysWithWhichOptionsCapturesAreTakenIn() throws IOException {
    String options = "local_nets = [\"203.0.113.0/24\"]\ntcp_timeout = 600\nudp_timeout = 120\n";
    Program check = check(job(PLAIN.replace("[report]", options + "[report]"))).done();
    String line = "  taken in with      local-net 203.0.113.0/24; tcp-timeout 600\n";
    assertTrue(check.out().contains(line), check.out());
  }

  @ParameterizedTest
  @CsvSource({"1h,1 hour", "36h,36 hours", "24h,1 day", "8w,56 days"})
  void itSaysHowLongCapturesAreKept(String time, String said) throws IOException {
    String keeping = "folder = \"captures\"\nkeep_for = \"" + time + "\"";
    Program check = check(job(PLAIN.replace("folder = \"captures\"", keeping))).done();
    String line = "  and keeps them     at most for " + said + "\n";
    assertTrue(check.out().contains(line), check.out());
  }

  @Test
  void itSaysWhatWillBeDoneAndWhen() throws IOException {
    Files.createDirectory(home.resolve("captures"));
    Files.copy(
        Program.SAMPLES.resolve("browsing.pcap"), home.resolve("captures").resolve("a.pcap"));
    Path job = job(PLAIN);
    Program before = check(job).done();
    assertTrue(before.out().contains("  there are now      1, 1 of them new\n"), before.out());
    assertTrue(before.out().contains("  reported last      nothing yet\n"), before.out());
    assertTrue(before.out().contains("  to be reported     2026-03-02\n"), before.out());
    assertTrue(before.out().contains("  next run           2026-03-03 06:00 UTC\n"), before.out());
    Program.runAt(MORNING, "job", "run", job).done();
    Program after = Program.runAt(MORNING.plusSeconds(3 * 86_400), "job", "check", job).done();
    assertTrue(after.out().contains("  there are now      1, 0 of them new\n"), after.out());
    assertTrue(after.out().contains("  reported last      2026-03-02\n"), after.out());
    assertTrue(
        after.out().contains("  to be reported     2026-03-03, 2026-03-04, 2026-03-05\n"),
        after.out());
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFile() throws IOException {
    String plain = check(job(PLAIN)).done().out();
    assertEquals(plain, check(job("\ufeff" + PLAIN)).done().out());
    Program wrong = check(job("\ufefftitle = 6\n" + PLAIN)).ended(ExitCode.USAGE);
    assertTrue(wrong.err().contains(":1: title: "), wrong.err());
  }

  private static String capturing(String filter) {
    return PLAIN
        + "[capture]\ninterface = \"eth0\"\nrotate_every = \"1h\"\nfilter = \""
        + filter
        + "\"\n";
  }

  @Test
  void commandsCanBeGivenToAShellAsTheyStand() throws IOException {
    Program check = check(job(capturing("not (port 22 or icmp)"))).done();
    String words = "imon capture --interface=eth0 '--filter=not (port 22 or icmp)' --rotate-every=";
    assertTrue(check.out().contains("  beside it captures " + words), check.out());
  }

  @Test
  void aFilterThatLibpcapDoesNotTakeIsAProblem() throws IOException {
    Program check = check(job(capturing("prot 22"))).ended(ExitCode.FAILED);
    assertTrue(check.out().contains("  problem            --filter 'prot 22': "), check.out());
  }

  @Test
  void itChangesNothing() throws IOException {
    Path job = job(PLAIN);
    Program check = check(job).done();
    assertTrue(check.out().contains("problem            the folder is not there"), check.out());
    try (Stream<Path> files = Files.list(home)) {
      assertEquals(List.of(job), files.toList());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "groups = \"none.txt\"|HOME/none.txt: no such file; name a file of groups by --groups",
        "[after_report]~command = [\"imon-no-such\"]|imon-no-such: there is no such program, or it"
            + " must not be run",
        "[after_report]~command = [\"/etc/passwd\"]|/etc/passwd: there is no such program, or it"
            + " must not be run",
        "[after_report]~command = [\"../../hook\"]|../../hook: there is no such program, or it"
            + " must not be run",
      })
  void whatTheJobNamesAndIsNotThereIsAProblem(String lines, String problem) throws IOException {
    Files.createDirectory(home.resolve("captures"));
    Program check = check(job(PLAIN + lines.replace('~', '\n') + "\n")).ended(ExitCode.FAILED);
    String line = "  problem            " + problem.replace("HOME", home.toString()) + "\n";
    assertTrue(check.out().contains(line), check.out());
    assertTrue(check.out().contains("  next run "), check.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "/bin/sh", "../../hook"})
  void whatTheJobNamesAndIsThereIsNone(String program) throws IOException {
    Files.createDirectory(home.resolve("captures"));
    Files.writeString(home.resolve("groups.txt"), "");
    Files.createFile(
        home.resolve("hook"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    String lines = "groups = \"groups.txt\"\n[after_report]\ncommand = [\"" + program + "\"]\n";
    Program check = check(job(PLAIN + lines)).done();
    List<String> problems =
        check.out().lines().filter(line -> line.startsWith("  problem")).toList();
    assertEquals(1, problems.size(), check.out());
    assertTrue(problems.get(0).contains("no captures in this folder"), check.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "at = |att = |3: att: no such key; did you mean at?",
        "at = \"\"06:00\"\"|at = 6|3: at: write it in quotes: at = \"\"...\"\"",
        "06:00|6 o'clock|3: at: '6 o'clock': give a time like 06:00",
        "[store]|[storage]|6: storage: no such key; did you mean store?",
        "UTC|Mars/Base|2: timezone: 'Mars/Base': no such zone; give one like UTC or Europe/Paris",
        "folder = \"\"captures\"\"|keep_for = 7|4: [captures] folder: is missing",
        "{date}|today|9: [report] folder: its last name must have {date} in it, once:"
            + " \"\"reports/{date}\"\"",
        "file = |fiel = |7: [store] fiel: no such key; did you mean file?",
        "imon.db\"\"|imon.db|7: ",
        "file = \"\"imon.db\"\"|tcp_timeout = 90000|7: [store] tcp_timeout: give a number of"
            + " seconds",
        "file = \"\"imon.db\"\"|local_nets = [\"\"10.0\"\"]|7: [store] local_nets: '10.0': give a"
            + " block",
      })
  void aWrongFileIsSaidWithItsLine(String right, String wrong, String said) throws IOException {
    String quoted = right.replace("\"\"", "\"");
    Path job = job(PLAIN.replace(quoted, wrong.replace("\"\"", "\"")));
    Program check = check(job).ended(ExitCode.USAGE);
    String line = "imon: " + job + ":" + said.replace("\"\"", "\"");
    assertTrue(
        check.complaints().stream().anyMatch(complaint -> complaint.startsWith(line)), check.err());
    assertEquals("", check.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "formats = [\"pdf\"]|formats: 'pdf': give some of bundle, csv, html, json, markdown, metrics",
        "formats = \"html\"|formats: write a list",
        "period = \"month\"|period: 'month': give one of day, run, week",
        "period = \"run\"|period = \"run\" needs a [capture] with a duration",
        "budgets = [\"much\"]|budgets: 'much': give a name and a size",
        "keep_for = \"2 years\"|keep_for: '2 years': give a time like",
        "keep_count = 0|keep_count: give a whole number of 1 or more",
        "latest = \"no\"|latest: give true or false",
      })
  void wrongValuesAreSaid(String line, String said) throws IOException {
    Program check = check(job(PLAIN + line + "\n")).ended(ExitCode.USAGE);
    assertEquals(1, check.complaints().size(), check.err());
    assertTrue(check.err().contains(said), check.err());
  }

  @Test
  void aCaptureForEverNeedsARotation() throws IOException {
    Program check = check(job(PLAIN + "[capture]\ninterface = \"eth0\"\n")).ended(ExitCode.USAGE);
    assertTrue(check.err().contains(":10: [capture] rotate_every: is missing"), check.err());
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    Program check = check(home.resolve("none.toml")).ended(ExitCode.FAILED);
    assertTrue(check.err().contains("none.toml: there is no such file"), check.err());
  }

  @Test
  void cronStartsItByALine() throws IOException {
    Path job = job(PLAIN);
    assertEquals(
        "0 6 * * * nice /opt/imon/imon job run " + job,
        Program.run("job", "install", job, "--cron", "--program=/opt/imon/imon")
            .done()
            .out()
            .lines()
            .toList()
            .get(1));
  }

  @Test
  void aCaptureForEverIsInTheCrontab() {
    List<String> lines =
        Program.run("job", "install", samples("around"), "--cron", "--program=/opt/imon/imon")
            .done()
            .out()
            .lines()
            .toList();
    assertEquals(
        "@reboot /opt/imon/imon capture --interface=eth0 '--filter=not port 22'"
            + " --rotate-every=1h --keep-free=5GB --compress=zstd"
            + " --directory=/var/lib/imon/captures --tz="
            + ZoneId.systemDefault()
            + " >/dev/null",
        lines.get(2).replace("--compress=zstd --keep-free=5GB", "--keep-free=5GB --compress=zstd"));
  }

  private static Path samples(String name) {
    return Path.of("docs", "jobs", name.equals("around") ? "around-the-clock.toml" : name);
  }

  @Test
  void aJobWithoutATimeHasNoLineAndNoTimer() {
    Path ticket = samples("one-hour-for-a-ticket.toml");
    Program.run("job", "install", ticket, "--cron", "--program=/opt/imon/imon")
        .ended(ExitCode.USAGE);
    String units =
        Program.run("job", "install", ticket, "--systemd", "--program=/opt/imon/imon").done().out();
    assertTrue(units.contains("AmbientCapabilities=CAP_NET_RAW\n"), units);
    assertTrue(!units.contains("[Timer]"), units);
  }

  @Test
  void onlyACaptureMayCapture() throws IOException {
    Program units =
        Program.run("job", "install", job(PLAIN), "--systemd", "--program=/opt/imon/imon").done();
    assertTrue(units.out().contains("\nAmbientCapabilities=\n"), units.out());
    assertTrue(units.out().contains("\nOnCalendar=*-*-* 06:00:00 UTC\n"), units.out());
    assertTrue(units.out().contains("\nReadWritePaths=" + home), units.out());
    boolean temporary = home.startsWith("/tmp") || home.startsWith("/var/tmp");
    assertTrue(units.out().contains("\nPrivateTmp=" + (temporary ? "no" : "yes")), units.out());
    assertEquals(temporary, units.out().contains(" /tmp\n"), units.out());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void systemdTakesTheUnits(Path sample) throws Exception {
    Environment.requireOrSkip(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
        "systemd-analyze (Debian: systemd)");
    List<String> units =
        Program.run(
                "job",
                "install",
                sample,
                "--systemd",
                "--user=root",
                "--program=/bin/true",
                "--write",
                home)
            .done()
            .out()
            .lines()
            .toList();
    List<String> command =
        new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no", "--recursive-errors=no"));
    command.addAll(units);
    Process verify = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, verify.waitFor(), said);
    assertEquals("", said);
  }
}
