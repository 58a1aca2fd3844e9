package imon.cli;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;

/** What a store shows to its users. */
final class StoreViews {
  private static final List<String> VIEWS =
      List.of(
          "captures", "flows", "traffic", "evidence", "answers", "clients", "ledger", "anomalies");

  private StoreViews() {}

  /** Every row of every view, in a total order. */
  static List<String> all(Path store) {
    return all(store, "*");
  }

  /** The same without what differs from one run to the next. */
  static List<String> withoutTimeOfIngest(Path store) {
    return all(store, "* EXCLUDE (ingested_at)");
  }

  /** The same without what tells of files rather than of what is in them. */
  static List<String> withoutPathsAndTimeOfIngest(Path store) {
    return all(store, "* EXCLUDE (ingested_at, path)");
  }

  /** Asks for all of them at once, as each run of the program opens the store anew. */
  private static List<String> all(Path store, String ofCaptures) {
    String sql =
        VIEWS.stream()
            .map(view -> rows(view, view.equals("captures") ? ofCaptures : "*"))
            .collect(joining(" UNION ALL ", "", " ORDER BY ALL"));
    return Program.query(store, sql).stream()
        .map(row -> row.get("view").asText() + " " + row.get("row").asText())
        .toList();
  }

  private static String rows(String view, String columns) {
    return "SELECT '%1$s' AS view, t::VARCHAR AS row FROM (SELECT %2$s FROM %1$s) t"
        .formatted(view, columns);
  }
}
