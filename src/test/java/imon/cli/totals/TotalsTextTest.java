package imon.cli.totals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.analysis.recent.RecentSites;
import imon.store.Traffic;
import imon.store.ask.Questions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TotalsTextTest {
  private static final Instant FROM = Instant.parse("2026-03-02T13:04:00Z");

  private static Questions.Site site(String name, long bytes) {
    Traffic traffic = new Traffic(1, 1, 0, 1, bytes);
    return new Questions.Site(
        name,
        traffic,
        bytes,
        bytes,
        List.of(new Questions.Part("tls", traffic)),
        List.of(),
        List.of());
  }

  private static List<String> lines(int columns, boolean ascii, String name) {
    RecentSites totals =
        new RecentSites(
            FROM,
            FROM.plusSeconds(83),
            12_345,
            10_000,
            List.of(site(name, 6000)),
            new Traffic(1, 1, 0, 1, 3000),
            2_000_000);
    return new TotalsText(ZoneOffset.UTC, columns, ascii).lines(totals);
  }

  @Test
  void allBytesAreAccountedFor() {
    assertEquals(
        List.of(
            "13:04:00 to 13:05:23: 12,345 packets, 10.0 kB",
            "   6.00 kB   60.0%  tls         example.org",
            "   3.00 kB   30.0%              other sites",
            "   1.00 kB   10.0%              no site: local, unresolved, other traffic",
            "a sample: 2.00 MB came too fast to be read"),
        lines(80, false, "example.org"));
  }

  @Test
  void aHostileNameActsOnNoTerminal() {
    String name = "evil\u001b[2J\u202e" + "x".repeat(300) + ".example";
    for (boolean ascii : new boolean[] {true, false}) {
      for (String line : lines(50, ascii, name)) {
        assertTrue(line.length() <= 50, line);
        assertTrue(line.codePoints().noneMatch(c -> c < ' ' || c == 0x202e), line);
      }
    }
  }
}
