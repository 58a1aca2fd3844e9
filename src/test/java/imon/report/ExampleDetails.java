package imon.report;

import imon.report.Details.Origin;
import imon.report.Report.ServerRow;
import imon.store.Traffic;
import imon.store.ask.page.BlindSpot;
import imon.store.ask.page.Timeline;
import imon.store.ask.page.Timeline.Cell;
import imon.store.ask.page.Timeline.Kind;
import imon.store.ask.page.Timeline.Outside;
import imon.store.ask.page.Timeline.Rival;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a page shows of the {@link ExampleReport}s. */
final class ExampleDetails {
  /** 2026-11-01 07:00 UTC. */
  private static final long START = 29_709_060;

  private ExampleDetails() {}

  /**
   * Two sites, two clients and unresolved, local and other traffic in ten minutes, and a little two
   * minutes after 1970 began.
   */
  static Details full() {
    List<Cell> cells = new ArrayList<>();
    cells.add(cell(Timeline.NONE, 0, 0, 0, 1, 4_000));
    for (int step = 0; step < 10; step++) {
      cells.add(cell(step, Timeline.NONE, Timeline.NONE, 4, 0, 50_000));
      cells.add(cell(step, 0, 0, 0, 4, 100_000L * (step + 1)));
      cells.add(cell(step, 0, 1, 1, 1, 40_000));
      cells.add(cell(step, 1, 2, 0, 1, 30_000));
      cells.add(cell(step, 1, Timeline.NONE, 2, 1, 20_000));
      cells.add(cell(step, 2, Timeline.NONE, 3, 1, 10_000));
    }
    Timeline timeline =
        new Timeline(
            START,
            1,
            10,
            new Outside(0, 2),
            List.of("video-stream.example", "morning-news.example"),
            List.of("192.0.2.10", "2001:db8:1::23"),
            List.of(
                new Kind("tls", "tls", true, true),
                new Kind("dns", "dns", false, true),
                new Kind("none", null, false, true),
                new Kind("local", null, false, false),
                new Kind("non-ip", null, false, false)),
            cells,
            List.of(new Rival(3, 0, 0, 40_000)));
    return new Details(
        timeline,
        Map.of(
            "video-stream.example",
            List.of(
                new ServerRow(
                    "203.0.113.5",
                    443,
                    "tcp",
                    "https",
                    null,
                    new Traffic(42, 11_004, 1_020_114, 30_720, 40_112_007)))),
        List.of(
            new BlindSpot(BlindSpot.Kind.ENCRYPTED_DNS, 12, 84_000, 0, 0),
            new BlindSpot(BlindSpot.Kind.MIDWAY, 3, 120_345, 1, 4_711)),
        new Origin(
            "1.2.3",
            List.of("analyze", "captures/office 1.pcap", "--html", "report.html"),
            Map.of(
                "00c0ffee00c0ffee",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")));
  }

  /** This text in every place. */
  static Details hostile(String text) {
    Timeline timeline =
        new Timeline(
            START,
            1,
            1,
            null,
            List.of(text),
            List.of(text),
            List.of(new Kind("tls", text, true, true)),
            List.of(cell(0, 0, 0, 0, 1, 5_300)),
            List.of());
    return new Details(
        timeline,
        Map.of(
            text,
            List.of(new ServerRow(text, 1, text, text, null, new Traffic(1, 2, 300, 4, 5_000)))),
        List.of(),
        new Origin(text, List.of(text), Map.of(text, text)));
  }

  private static Cell cell(int step, int client, int site, int kind, int connections, long down) {
    Traffic traffic =
        new Traffic(site < 0 ? 0 : connections, down / 2000, down / 20, down / 1000, down);
    return new Cell(step, client, site, kind, connections, traffic);
  }
}
