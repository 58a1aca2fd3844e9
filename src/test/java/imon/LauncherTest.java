package imon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher's own decisions, with scripts in the place of java and mvn. */
class LauncherTest {
  /** Prints what follows the jar, one word a line in brackets, and notes training runs. */
  private static final String JAVA =
      """
      #!/usr/bin/env bash
      here=${0%/bin/java}
      while [[ $1 != -jar ]]; do
        case $1 in -XX:ArchiveClassesAtExit=*)
          echo trained >>"$here/trained"
          cat >>"$here/eaten"
          echo archive >"${1#*=}" ;;
        esac
        shift
      done
      printf '[%s]\\n' "$(basename "$2")" "${@:3}"
      """;

  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo built >>"$(dirname "$0")/built"
      [[ ! -f fail ]] || { echo "no such class"; exit 1; }
      mkdir -p target && touch target/imon.jar target/packaged
      """;

  private static final List<String> TOOLS =
      List.of(
          "bash",
          "env",
          "find",
          "mkdir",
          "touch",
          "mv",
          "rm",
          "cat",
          "readlink",
          "basename",
          "dirname",
          "sleep",
          "ln");

  @TempDir Path folder;
  private Path project;
  private Path bin;
  private Path jdk;

  private record Outcome(int exit, String out, String err) {}

  @BeforeEach
  void layOutAProject() throws IOException {
    project = Files.createDirectories(folder.resolve("a project"));
    Files.createDirectories(project.resolve("src/main"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Files.copy(Path.of("imon"), project.resolve("imon"), StandardCopyOption.COPY_ATTRIBUTES);
    jdk = Files.createDirectories(folder.resolve("a jdk"));
    script(jdk.resolve("bin/java"), JAVA);
    release("17.0.9");
    bin = Files.createDirectories(folder.resolve("bin"));
    script(bin.resolve("mvn"), MAVEN);
    for (String tool : TOOLS) {
      provide(tool);
    }
    sourcesChanged(Instant.now().minus(Duration.ofHours(1)));
  }

  @Test
  void wordsReachTheProgramUnchanged() throws Exception {
    Outcome outcome = start("two words", "", "*", "it's", "\"$HOME\"", "-x", "\\");
    assertEquals(
        "[imon.jar]\n[two words]\n[]\n[*]\n[it's]\n[\"$HOME\"]\n[-x]\n[\\]\n", outcome.out);
    assertEquals(0, outcome.exit);
  }

  @Test
  void theFirstStartBuildsAndTheSecondDoesNot() throws Exception {
    assertEquals("imon: building (first use or sources changed) ...\n", start().err);
    assertEquals("", start().err);
    assertEquals(1, lines(bin.resolve("built")));
    assertEquals(1, lines(jdk.resolve("trained")));
  }

  @Test
  void anotherLibraryIsPreparedFor() throws Exception {
    start();
    Files.createDirectory(project.resolve("target/lib"));
    start();
    start();
    assertEquals(2, lines(jdk.resolve("trained")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pom.xml", "src/main/New.java", "src/build/New.java", "templates/report.ftlh"})
  void aNewerSourceIsBuilt(String source) throws Exception {
    start();
    Path changed = project.resolve(source);
    Files.createDirectories(changed.getParent());
    Files.writeString(changed, "new");
    sourcesChanged(Instant.now().minus(Duration.ofHours(1)));
    Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(5)));
    start();
    assertEquals(2, lines(bin.resolve("built")));
  }

  @Test
  void aBuildCutShortIsDoneAgain() throws Exception {
    start();
    Files.delete(project.resolve("target/packaged"));
    start();
    assertEquals(2, lines(bin.resolve("built")));
  }

  @Test
  void aFailedBuildShowsWhatMavenSaid() throws Exception {
    Files.writeString(project.resolve("fail"), "");
    Outcome outcome = start();
    assertEquals(1, outcome.exit);
    assertTrue(outcome.err.contains("no such class\n"), outcome.err);
    assertTrue(outcome.err.endsWith("imon: the build failed\n"), outcome.err);
    assertEquals("", outcome.out);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoFirstStartsAtOnceBuildOnce(boolean flock) throws Exception {
    if (flock) {
      provide("flock");
    }
    List<Process> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(launch(project.resolve("imon"), Map.of()));
    }
    for (Process start : starts) {
      assertEquals(0, finish(start).exit);
    }
    assertEquals(1, lines(bin.resolve("built")));
    assertEquals(1, lines(jdk.resolve("trained")));
  }

  @Test
  void aLockOfADeadProcessIsTakenOver() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(project.resolve("target"));
    Files.createSymbolicLink(
        project.resolve("target/imon.lock.pid"), Path.of(Long.toString(dead.pid())));
    assertEquals(0, start().exit);
    assertEquals(1, lines(bin.resolve("built")));
  }

  @Test
  void symbolicLinksLeadHome() throws Exception {
    Path first = Files.createSymbolicLink(folder.resolve("first"), project.resolve("imon"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("first"));
    assertTrue(Files.isSymbolicLink(first));
    assertEquals("[imon.jar]\n", finish(launch(second, Map.of())).out);
  }

  @Test
  void aDistributionStartsWithoutMavenAndNeverBuilds() throws Exception {
    Files.delete(bin.resolve("mvn"));
    Files.delete(project.resolve("pom.xml"));
    Files.writeString(project.resolve("imon.jar"), "");
    Outcome outcome = start("report");
    assertEquals("[imon.jar]\n[report]\n", outcome.out);
    assertEquals("", outcome.err);
    assertFalse(Files.exists(project.resolve("target")));
  }

  @Test
  void standardInputIsLeftToTheProgram() throws Exception {
    Process process = launch(project.resolve("imon"), Map.of());
    process.getOutputStream().write("a capture".getBytes(StandardCharsets.UTF_8));
    finish(process);
    assertEquals("", Files.readString(jdk.resolve("eaten")));
  }

  @Test
  void aStandardInputThatIsClosedIsAnEmptyOne() throws Exception {
    script(jdk.resolve("bin/java"), "#!/usr/bin/env bash\ncat\nprintf '%s' $?");
    Path closing = folder.resolve("closing");
    script(closing, "#!/bin/sh\nexec '" + project.resolve("imon") + "' analyze - <&-\n");
    assertEquals("0", finish(launch(closing, Map.of())).out);
  }

  @Test
  void lackOfMavenIsOneLine() throws Exception {
    Files.delete(bin.resolve("mvn"));
    assertEquals(
        new Outcome(1, "", "imon: no mvn found: building needs Maven 3.8 or newer\n"), start());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_292", "11.0.2", "16"})
  void anOldJavaIsRefusedInOneLine(String version) throws Exception {
    release(version);
    Outcome outcome = start();
    assertEquals(1, outcome.exit);
    assertTrue(outcome.err.matches("imon: .* is Java \\Q" + version + "\\E, .*\n"), outcome.err);
  }

  @Test
  void lackOfJavaIsOneLine() throws Exception {
    Outcome outcome = finish(launch(project.resolve("imon"), Map.of("IMON_JAVA", "/no/java")));
    assertEquals(1, outcome.exit);
    assertTrue(outcome.err.matches("imon: no java found as '/no/java': .*\n"), outcome.err);
  }

  @Test
  void javaAsksForHugePagesWhereTheKernelGivesThem() throws Exception {
    Path kernel = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    boolean given = Files.exists(kernel) && !Files.readString(kernel).contains("[never]");
    tellWhatJavaIsGiven();
    assertEquals(given, start().out.contains("[-XX:+UseTransparentHugePages]"));
  }

  @Test
  void theDatabaseKeepsMemoryUnlessTheUserSaysOtherwise() throws Exception {
    tellWhatJavaIsGiven();
    String database = "[dirty_decay_ms:-1,muzzy_decay_ms:-1]\n";
    String pieces = "[glibc.malloc.tcache_count=1000";
    assertTrue(start("capture").out.endsWith(database + pieces + "]\n"));
    String oneHeap = ":glibc.malloc.arena_max=1:glibc.malloc.hugetlb=1]\n";
    assertTrue(start("report").out.endsWith(database + pieces + oneHeap));
    Map<String, String> own =
        Map.of("DUCKDB_JE_MALLOC_CONF", "narenas:1", "GLIBC_TUNABLES", "glibc.malloc.arena_max=1");
    String out = finish(launch(project.resolve("imon"), own)).out;
    assertTrue(out.endsWith("[narenas:1]\n[glibc.malloc.arena_max=1]\n"), out);
  }

  @ParameterizedTest
  @CsvSource({
    "LANG=, '[||C.UTF-8]', C",
    "LANG=POSIX, '[POSIX||C.UTF-8]', POSIX",
    "LC_ALL=C, '[|C.UTF-8|]', C",
    "LC_CTYPE=C, '[||C.UTF-8]', C",
    "LC_ALL=xx_XX.UTF-8, '[|C.UTF-8|]', xx_XX.UTF-8",
    "LANG=C.UTF-8, '[C.UTF-8||]',",
    "LC_ALL=xx_XX, '[|xx_XX|]',"
  })
  void javaKnowsAllCharactersWhereTheLocaleHasAsciiOnly(
      String variable, String given, @Nullable String own) throws Exception {
    Environment.requireOrSkip(Files.exists(Path.of("/usr/lib/locale/C.utf8")), "C.UTF-8");
    script(
        jdk.resolve("bin/java"),
        """
        #!/usr/bin/env bash
        printf '[%s]\\n' "$@" "${LANG-}|${LC_ALL-}|${LC_CTYPE-}"
        """);
    String[] set = variable.split("=", 2);
    String out = finish(launch(project.resolve("imon"), Map.of(set[0], set[1]))).out;
    assertTrue(out.endsWith("\n" + given + "\n"), out);
    assertEquals(own != null, out.contains("[-Dimon.locale=" + own + "]\n"), out);
  }

  @Test
  void javaIsToldThatStandardOutputIsAPipe() throws Exception {
    tellWhatJavaIsGiven();
    assertTrue(start().out.contains("[-Dimon.piped=true]"));
    Path intoFile = folder.resolve("into-file");
    script(intoFile, "#!/bin/sh\n'" + project.resolve("imon") + "' > out\n");
    assertEquals(0, finish(launch(intoFile, Map.of())).exit);
    assertFalse(Files.readString(folder.resolve("out")).contains("imon.piped"));
  }

  @Test
  void javaOptimisesForManyBytesOfCapturesOnly() throws Exception {
    tellWhatJavaIsGiven();
    String some = Files.createDirectory(folder.resolve("some captures")).toString();
    assertFalse(isShort("analyze", some), "no du");
    sizeOfEach(262_144);
    assertTrue(isShort("analyze", "--dedupe", some, some));
    assertFalse(isShort("analyze", some, some, some));
    assertTrue(isShort("analyze", "--db", some, "-o", some, "--json", "-", some));
    assertFalse(isShort("analyze", "--follow", some));
    assertFalse(isShort("analyze", "-"));
    assertFalse(isShort("analyze", "/dev/null", some));
    assertFalse(isShort("analyze", some + "/*.pcap"));
    assertFalse(isShort("capture", "--write", some));
    assertTrue(isShort("report", "--db", some));
  }

  @Test
  void ofPackedCapturesAQuarterIsMuch() throws Exception {
    tellWhatJavaIsGiven();
    String packed = Files.createFile(folder.resolve("a.pcap.zst")).toString();
    sizeOfEach(196_607);
    assertTrue(isShort("analyze", packed));
    sizeOfEach(196_608);
    assertFalse(isShort("analyze", packed));
  }

  private boolean isShort(String... words) throws IOException, InterruptedException {
    return start(words).out.contains("[-XX:TieredStopAtLevel=1]");
  }

  private void sizeOfEach(int kib) throws IOException {
    script(
        bin.resolve("du"),
        """
        #!/usr/bin/env bash
        shift 2
        for file; do printf '%%s\\t%%s\\n' %1$d "$file"; done
        printf '%%s\\ttotal\\n' $((%1$d * $#))
        """
            .formatted(kib));
  }

  private void tellWhatJavaIsGiven() throws IOException {
    script(
        jdk.resolve("bin/java"),
        """
        #!/usr/bin/env bash
        printf '[%s]\\n' "$@" "$DUCKDB_JE_MALLOC_CONF" "$GLIBC_TUNABLES"
        """);
  }

  private Outcome start(String... words) throws IOException, InterruptedException {
    return finish(launch(project.resolve("imon"), Map.of(), words));
  }

  private Process launch(Path launcher, Map<String, String> environment, String... words)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("IMON_JAVA", jdk.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Outcome finish(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    return new Outcome(process.exitValue(), out, err);
  }

  private void release(String version) throws IOException {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private void provide(String tool) throws IOException {
    for (String place : List.of("/usr/bin", "/bin")) {
      Path program = Path.of(place, tool);
      if (Files.isExecutable(program)) {
        script(bin.resolve(tool), "#!/bin/sh\nexec " + program + " \"$@\"\n");
        return;
      }
    }
    Environment.requireOrSkip(false, tool);
  }

  private void sourcesChanged(Instant time) throws IOException {
    for (String source : List.of("pom.xml", "src/main")) {
      Files.setLastModifiedTime(project.resolve(source), FileTime.from(time));
    }
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static long lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }
}
