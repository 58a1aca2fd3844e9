package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import imon.testing.LongTest;
import imon.testing.Packer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nights with a clock that is handed in, and with real commands afterwards. */
class JobRunCommandTest {
  private static final Instant MORNING = Instant.parse("2026-03-03T06:00:00Z");
  private static final long DAY = 86_400;

  /** Its packets are of 2026-03-02. */
  private static final String CAPTURE = "ech.pcap";

  @TempDir private Path home;
  private Path captures;
  private Path reports;
  private Path told;

  @BeforeEach
  void capture() throws IOException {
    captures = Files.createDirectory(home.resolve("captures"));
    reports = home.resolve("reports");
    told = home.resolve("told");
    add(CAPTURE);
  }

  private void add(String sample) throws IOException {
    Path file = captures.resolve(sample);
    Files.copy(Program.SAMPLES.resolve(sample), file);
    Files.setLastModifiedTime(file, FileTime.from(MORNING.minusSeconds(3600)));
  }

  /** A job with hook, and more lines for its tables. */
  private Path job(String captureLines, String reportLines, String hook) throws IOException {
    return Files.writeString(
        home.resolve("night.toml"),
        """
        timezone = "UTC"
        [captures]
        folder = "captures"
        %s
        [store]
        file = "imon.db"
        [report]
        folder = "reports/{date}"
        %s
        [after_report]
        command = ["sh", "-c", '''%s''', "sh", "%s"]
        time_limit = "20s"
        """
            .formatted(captureLines, reportLines, hook, told));
  }

  private Path plainJob() throws IOException {
    return job(
        "",
        "",
        "echo $IMON_JOB $IMON_REPORT_DATE $IMON_RESULT >> $1; cat $IMON_REPORT_HTML > shown");
  }

  private static Program run(Path job, long nights) {
    return Program.runAt(MORNING.plusSeconds(nights * DAY), "job", "run", job);
  }

  private List<String> reportNames() throws IOException {
    try (Stream<Path> files = Files.list(reports)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @LongTest
  @Test
  void aCaptureWhoseNameIsNoTextIsTakenInOnce() throws Exception {
    String move = "mv ech.pcap \"$(printf '\\377.pcap')\"";
    assertEquals(
        0, new ProcessBuilder("sh", "-c", move).directory(captures.toFile()).start().waitFor());
    assertNew(1, 0, run(plainJob(), 0).done());
    assertNew(0, 1, run(plainJob(), 0).done());
  }

  private static void assertNew(int fresh, int known, Program night) {
    String line = "imon: night: new captures: %d, known: %d\n".formatted(fresh, known);
    assertTrue(night.err().contains(line), night.err());
  }

  @Test
  void aNightIsTakenInReportedAndHandedOver() throws IOException {
    add("browsing.pcap");
    add("vlan.pcap");
    Program night =
        run(
                job(
                    "",
                    "formats = [\"html\", \"csv\", \"json\", \"markdown\"]",
                    "env | grep ^IMON_REPORT | sort > $1; ls; echo handed over"),
                0)
            .done();
    assertTrue(night.err().contains("imon: night: new captures: 3, known: 0\n"), night.err());
    assertTrue(night.err().contains("imon: after_report: handed over\n"), night.err());
    assertTrue(night.err().contains("imon: after_report: sh: exit code 0\n"), night.err());
    assertEquals("", night.out());
    Path folder = reports.resolve("2026-03-02");
    assertEquals(
        List.of(
            "IMON_REPORT_CSV=" + folder.resolve("report.csv"),
            "IMON_REPORT_DATE=2026-03-02",
            "IMON_REPORT_FOLDER=" + folder,
            "IMON_REPORT_FROM=2026-03-02",
            "IMON_REPORT_HTML=" + folder.resolve("report.html"),
            "IMON_REPORT_JSON=" + folder.resolve("report.json"),
            "IMON_REPORT_MARKDOWN=" + folder.resolve("report.md"),
            "IMON_REPORT_TO=2026-03-02"),
        Files.readAllLines(told));
    assertEquals(Path.of("2026-03-02"), Files.readSymbolicLink(reports.resolve("latest")));
    assertEquals(
        Program.run(
                "report",
                "--db",
                home.resolve("imon.db"),
                "--from=2026-03-02",
                "--to=2026-03-02",
                "--tz=UTC",
                "--json=-")
            .done()
            .out(),
        Files.readString(folder.resolve("report.json")));
    assertTrue(Files.size(folder.resolve("report.html")) > 1000);
  }

  @Test
  void aSecondRunHasNothingToDo() throws IOException {
    Path job = plainJob();
    run(job, 0).done();
    Program again = run(job, 0).done();
    assertEquals(
        List.of("imon: night: new captures: 0, known: 1", "imon: night: nothing to report"),
        again.complaints());
    assertEquals(List.of("night 2026-03-02 done"), Files.readAllLines(told));
  }

  @LongTest
  @Test
  void missedNightsAreCaughtUp() throws IOException {
    Path job = plainJob();
    run(job, 0).done();
    add("vlan.pcap");
    Program later = run(job, 3).done();
    assertTrue(later.err().contains("imon: night: new captures: 1, known: 1\n"), later.err());
    assertEquals(
        List.of(
            "night 2026-03-02 done",
            "night 2026-03-03 done",
            "night 2026-03-04 done",
            "night 2026-03-05 done"),
        Files.readAllLines(told));
    assertEquals(Path.of("2026-03-05"), Files.readSymbolicLink(reports.resolve("latest")));
  }

  @LongTest
  @Test
  void aFileTouchedAfterItWasTakenIsTakenAgain() throws IOException {
    Path job = plainJob();
    run(job, 0).done();
    Files.copy(
        Program.SAMPLES.resolve("vlan.pcap"),
        captures.resolve(CAPTURE),
        StandardCopyOption.REPLACE_EXISTING);
    Program again = run(job, 0).done();
    assertTrue(again.err().contains("new captures: 1, known: 0\n"), again.err());
    assertEquals(2, Program.query(home.resolve("imon.db"), "SELECT * FROM captures").size());
  }

  @LongTest
  @Test
  void whatWasNotHandedOverIsHandedOverByTheNextRun() throws IOException {
    Path job = job("", "", "echo no mail today; test -e $1");
    Program failed = run(job, 0).ended(ExitCode.INCOMPLETE);
    assertTrue(failed.err().contains("imon: after_report: no mail today\n"), failed.err());
    assertTrue(failed.err().contains("imon: after_report: sh: exit code 1\n"), failed.err());
    assertTrue(Files.exists(reports.resolve("2026-03-02/report.html")));
    Files.createFile(told);
    Program next = run(job, 1).done();
    assertTrue(next.err().contains("2026-03-02: reported"), next.err());
    assertTrue(next.err().contains("2026-03-03: reported"), next.err());
  }

  @LongTest
  @Test
  void aHookThatTakesTooLongIsEnded() throws IOException {
    Path job = job("", "", "echo waiting; sleep 600");
    Files.writeString(job, Files.readString(job).replace("20s", "1s"));
    Program night = run(job, 0).ended(ExitCode.INCOMPLETE);
    assertTrue(night.err().contains("imon: after_report: waiting\n"), night.err());
    assertTrue(night.err().contains("ended after 1 s, its time limit\n"), night.err());
  }

  @Test
  void aProgramThatIsNotThereIsSaid() throws IOException {
    Path job = job("", "", "");
    Files.writeString(job, Files.readString(job).replace("\"sh\", \"-c\"", "\"/no/such\""));
    Program night = run(job, 0).ended(ExitCode.INCOMPLETE);
    assertTrue(night.err().contains("after_report: /no/such: cannot be run"), night.err());
  }

  @Test
  void aCaptureThatCannotBeReadLeavesTheRestDone() throws IOException {
    add("corrupt-record.pcap");
    Program night = run(job("", "", "echo $IMON_RESULT > $1"), 0).ended(ExitCode.INCOMPLETE);
    assertTrue(night.err().contains("corrupt-record.pcap"), night.err());
    assertTrue(Files.exists(reports.resolve("2026-03-02/report.html")));
    assertEquals("incomplete\n", Files.readString(told));
  }

  @LongTest
  @Test
  void aFolderThatIsAwayForANightIsMadeUpFor() throws IOException {
    assertNew(1, 0, run(plainJob(), 0).done());
    Path away = Files.move(captures, captures.resolveSibling("away"));
    Program night = run(plainJob(), 1).ended(ExitCode.FAILED);
    assertTrue(night.err().contains("the next run makes up for it"), night.err());
    Files.move(away, captures);
    run(plainJob(), 2).done();
    assertEquals(
        List.of("night 2026-03-02 done", "night 2026-03-03 done", "night 2026-03-04 done"),
        Files.readAllLines(told));
  }

  @LongTest
  @Test
  void aFolderWithoutCapturesIsNoReport() throws IOException {
    Files.delete(captures.resolve(CAPTURE));
    Program night = run(plainJob(), 0).ended(ExitCode.FAILED);
    assertTrue(night.err().contains("no captures in this folder"), night.err());
    assertFalse(Files.exists(reports));
    add(CAPTURE);
    run(plainJob(), 1).done();
    assertEquals(
        List.of("night 2026-03-02 done", "night 2026-03-03 done"), Files.readAllLines(told));
  }

  @Test
  void aBudgetThatIsExceededIsTheExitCode() throws IOException {
    add("browsing.pcap");
    Path job = job("", "budgets = [\"lanternreel.tv=1MB\"]", "echo $IMON_RESULT > $1");
    Program night = run(job, 0).ended(ExitCode.OVER_BUDGET);
    assertTrue(
        night.err().contains("lanternreel.tv: budget of 1,000,000 bytes exceeded"), night.err());
    assertEquals("over-budget\n", Files.readString(told));
    run(job, 0).done();
  }

  @LongTest
  @Test
  void onlyCapturesThatTheStoreHasAreDeleted() throws IOException {
    add("dns-cname.pcap");
    Files.writeString(captures.resolve("notes.txt"), "not a capture");
    Path unread = Files.copy(Program.SAMPLES.resolve("vlan.pcap"), captures.resolve("a.pcap.part"));
    Files.setLastModifiedTime(unread, FileTime.from(MORNING.minusSeconds(9 * DAY)));
    Files.setLastModifiedTime(
        captures.resolve(CAPTURE), FileTime.from(MORNING.minusSeconds(3 * DAY)));
    Program night = run(job("keep_for = \"2d\"", "", "true"), 0).done();
    assertTrue(night.err().contains("imon: night: old captures deleted: 1\n"), night.err());
    try (Stream<Path> left = Files.list(captures)) {
      assertEquals(
          List.of("a.pcap.part", "dns-cname.pcap", "notes.txt"),
          left.map(file -> file.getFileName().toString()).sorted().toList());
    }
    run(job("keep_for = \"2d\"", "", "true"), 1).done();
    assertTrue(Files.exists(captures.resolve("dns-cname.pcap")), "the newest stays");
  }

  @LongTest
  @Test
  void copiesAreKnownOnceTheyWereRead() throws IOException {
    Path job = plainJob();
    add("vlan.pcap");
    Path vlan = captures.resolve("vlan.pcap");
    Files.write(captures.resolve("twin.pcap.zst"), Packer.ZSTD.pack(Files.readAllBytes(vlan)));
    assertNew(3, 0, run(job, 0).done());
    Files.copy(vlan, captures.resolve("late.pcap"));
    Program late = run(job, 0).done();
    assertNew(1, 3, late);
    assertTrue(late.err().contains("late.pcap: already in the store\n"), late.err());
    Files.setLastModifiedTime(vlan, FileTime.from(MORNING));
    assertNew(1, 3, run(job, 0).done());
    assertNew(0, 4, run(job, 0).done());
    assertEquals(2, Program.query(home.resolve("imon.db"), "FROM captures").size());
  }

  @LongTest
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatHasGrownUnderAnotherNameStaysKnown(boolean inOneRun) throws IOException {
    Path job = plainJob();
    byte[] whole = Files.readAllBytes(Program.SAMPLES.resolve("browsing.pcap"));
    Files.write(captures.resolve("a.pcap"), Arrays.copyOf(whole, whole.length / 2));
    if (!inOneRun) {
      assertNew(2, 0, run(job, 0).done());
    }
    Files.write(captures.resolve("b.pcap"), whole);
    run(job, 0).done();
    assertNew(0, 3, run(job, 0).done());
    assertEquals(2, Program.query(home.resolve("imon.db"), "FROM captures").size());
  }

  @LongTest
  @Test
  void copiesAreDeletedLikeAllElse() throws IOException {
    add("vlan.pcap");
    Path vlan = captures.resolve("vlan.pcap");
    Path twin = Files.copy(vlan, captures.resolve("twin.pcap"));
    for (Path old : List.of(vlan, twin)) {
      Files.setLastModifiedTime(old, FileTime.from(MORNING.minusSeconds(3 * DAY)));
    }
    Program night = run(job("keep_for = \"2d\"", "", "true"), 0).done();
    assertTrue(night.err().contains("imon: night: old captures deleted: 2\n"), night.err());
    assertNew(0, 1, run(job("keep_for = \"2d\"", "", "true"), 0).done());
  }

  @LongTest
  @Test
  void aCaptureWithBytesThatNobodyHasReadIsNotDeleted() throws IOException {
    add("dns-cname.pcap");
    add("corrupt-record.pcap");
    for (String old : List.of(CAPTURE, "corrupt-record.pcap")) {
      Files.setLastModifiedTime(
          captures.resolve(old), FileTime.from(MORNING.minusSeconds(3 * DAY)));
    }
    Program night = run(job("keep_for = \"2d\"", "", "true"), 0).ended(ExitCode.INCOMPLETE);
    assertTrue(night.err().contains("imon: night: old captures deleted: 1\n"), night.err());
    assertTrue(Files.exists(captures.resolve("corrupt-record.pcap")));
    Program next = run(job("keep_for = \"2d\"", "", "true"), 1).done();
    assertTrue(next.err().contains("night: new captures: 0, known: 2\n"), next.err());
    assertTrue(next.err().contains("damaged captures, which are not deleted: 1\n"), next.err());
    assertTrue(Files.exists(captures.resolve("corrupt-record.pcap")));
  }

  @LongTest
  @Test
  void oldReportsAreDeletedWithTheirFolders() throws IOException {
    Files.createDirectories(reports.resolve("2026-03-01-mine"));
    run(job("", "keep_count = 2", "true"), 0).done();
    Program night = run(job("", "keep_count = 2", "true"), 3).done();
    assertTrue(night.err().contains("imon: night: old reports deleted: 2\n"), night.err());
    assertEquals(List.of("2026-03-01-mine", "2026-03-04", "2026-03-05", "latest"), reportNames());
  }

  /** What is put into a report's folder, or deleted from it, makes it no younger. */
  @LongTest
  @Test
  void theNewestReportsStayWhateverElseIsInTheirFolders() throws IOException {
    Files.createDirectories(reports.resolve("2026-12-31"));
    Files.writeString(reports.resolve("2026-12-31/capture.pcap"), "no report");
    Files.createDirectories(reports.resolve("2026-12-31-060000"));
    Files.writeString(reports.resolve("2026-12-31-060000/report.html"), "of a run, not of a day");
    Path job = job("", "keep_count = 2", "echo told > ticket.txt");
    run(job, 1).done();
    for (int night = 2; night < 5; night++) {
      Program done = run(job, night).done();
      boolean full = night > 2;
      assertEquals(full, done.err().contains("night: old reports deleted: 1\n"), done.err());
      String newest = "2026-03-0" + (2 + night);
      assertEquals(
          List.of("2026-03-0" + (1 + night), newest, "2026-12-31-060000"), foldersWithReport());
      assertEquals(Path.of(newest), Files.readSymbolicLink(reports.resolve("latest")));
      Files.setLastModifiedTime(
          reports.resolve("2026-03-03"), FileTime.from(Instant.now().plusSeconds(DAY)));
    }
    Program idle = run(job, 4).done();
    assertFalse(idle.err().contains("deleted"), idle.err());
    assertTrue(Files.exists(reports.resolve("2026-03-03/ticket.txt")), "is not imon's");
  }

  /** It is the report's age that counts, not that of its folder or of what is beside it. */
  @LongTest
  @Test
  void reportsStayAsLongAsTheyWereWrittenNotLongerAgo() throws IOException {
    Path job = job("", "keep_for = \"2d\"", "echo told > ticket.txt");
    run(job, 0).done();
    run(job, 1).done();
    for (String day : List.of("2026-03-02", "2026-03-03")) {
      Files.setLastModifiedTime(
          reports.resolve(day).resolve("report.html"), FileTime.from(MORNING));
    }
    Program night = run(job, 3).done();
    assertTrue(night.err().contains("imon: night: old reports deleted: 2\n"), night.err());
    assertEquals(List.of("2026-03-04", "2026-03-05"), foldersWithReport());
  }

  private List<String> foldersWithReport() throws IOException {
    try (Stream<Path> files = Files.list(reports)) {
      return files
          .filter(folder -> !Files.isSymbolicLink(folder))
          .filter(folder -> Files.exists(folder.resolve("report.html")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @LongTest
  @Test
  void theStoreIsPruned() throws IOException {
    Path job = plainJob();
    Files.writeString(
        job, Files.readString(job).replace("\"imon.db\"", "\"imon.db\"\nkeep_for = \"2d\""));
    assertTrue(run(job, 0).done().err().contains("nothing was pruned"));
    Program later = run(job, 4).done();
    assertTrue(later.err().contains("imon: pruned captures: 1;"), later.err());
  }

  @Test
  void aFileInTheLinksPlaceIsLeftAlone() throws IOException {
    Files.createDirectories(reports.resolve("latest"));
    Program night = run(plainJob(), 0).ended(ExitCode.INCOMPLETE);
    assertTrue(night.err().contains("latest: is no link, and is left alone"), night.err());
    assertTrue(Files.isDirectory(reports.resolve("latest")));
    assertTrue(Files.exists(reports.resolve("2026-03-02/report.html")));
  }

  @Test
  void oneRunAtATime() throws IOException {
    Path job = plainJob();
    Path lock = home.resolve("imon.db.night.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertTrue(held.isValid());
      Program second = run(job, 0).ended(ExitCode.FAILED);
      assertEquals(
          "imon: night: another run of this job is going on; this one does nothing\n",
          second.err());
    }
  }

  @Test
  void aDamagedStateIsSaid() throws IOException {
    Path job = plainJob();
    Files.writeString(home.resolve("imon.db.night.state.json"), "{\"since\": \"someday\"}");
    Program night = run(job, 0).ended(ExitCode.FAILED);
    assertTrue(night.err().contains("state.json: is damaged; delete it"), night.err());
  }

  @LongTest
  @Test
  void weeksAreReportedFromMondayOn() throws IOException {
    Path job = job("", "period = \"week\"", "echo $IMON_REPORT_FROM $IMON_REPORT_TO >> $1");
    run(job, 6).done();
    assertEquals(List.of("2026-03-02 2026-03-08"), Files.readAllLines(told));
  }
}
