package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where digits are others than 0 to 9, or thousands and fractions are parted by other marks. */
class DefaultLocaleTest {
  private static final Path BROWSING = Program.SAMPLES.resolve("browsing.pcap");
  private static final Instant NOW = Instant.parse("2026-03-03T06:00:00Z");

  @TempDir private static Path home;
  private static List<Program> usual;

  @BeforeAll
  static void runAsUsual() throws IOException {
    usual = runs(Locale.ROOT, "usual");
  }

  @Test
  void theDefaultLocaleChangesNothing() throws IOException {
    assertChangesNothing("ar-EG");
  }

  @LongTest
  @ParameterizedTest
  @ValueSource(strings = {"my-MM", "de-DE"})
  void norDoOthers(String language) throws IOException {
    assertChangesNothing(language);
  }

  private void assertChangesNothing(String language) throws IOException {
    Locale locale = Locale.forLanguageTag(language);
    assertNotEquals("1,234.5", String.format(locale, "%,.1f", 1234.5));
    assertEquals(usual, runs(locale, language));
  }

  private static List<Program> runs(Locale locale, String name) throws IOException {
    Path store = home.resolve(name + ".db");
    Path job =
        Files.writeString(
            home.resolve("night.toml"),
            """
            timezone = "UTC"
            at = "06:15"
            [captures]
            folder = "captures"
            [capture]
            interface = "any"
            rotate_every = "1h"
            [store]
            file = "imon.db"
            [report]
            folder = "reports/{date}"
            [after_report]
            command = ["true"]
            """);
    List<List<Object>> commands =
        List.of(
            List.of("analyze", BROWSING),
            List.of("analyze", BROWSING, "--no-report", "--db", store),
            List.of("report", "--db", store),
            List.of("report", "--db", store, "--json", "-"),
            List.of("site", "--db", store, "kestrelnews.com", "--csv", "-"),
            List.of("report", "--help"),
            List.of("job", "check", job),
            List.of("job", "install", job, "--cron", "--program=/opt/imon/imon"),
            List.of("job", "install", job, "--systemd", "--program=/opt/imon/imon"));
    List<Program> runs = new ArrayList<>();
    Locale before = Locale.getDefault();
    for (List<Object> command : commands) {
      try {
        Locale.setDefault(locale);
        Program run = Program.runAt(NOW, command);
        runs.add(new Program(run.exitCode(), text(run.out(), name), text(run.err(), name)));
      } finally {
        Locale.setDefault(before);
      }
    }
    return runs;
  }

  private static String text(String text, String name) {
    return text.replace(name + ".db", "DB");
  }

  /** Its database is opened before there is a command. */
  @Test
  void aProcessIsNoOther() throws IOException, InterruptedException {
    List<String> arabic = List.of("-Duser.language=ar", "-Duser.country=EG");
    Path page = home.resolve("page.html");
    try (ImonProcess process = ImonProcess.startWith(arabic, "analyze", BROWSING, "--html", page)) {
      assertEquals(List.of(), process.ends(0));
    }
    String html = Files.readString(page);
    assertEquals(html, html.replaceAll("[\\u0660-\\u0669]", "?"));
  }
}
