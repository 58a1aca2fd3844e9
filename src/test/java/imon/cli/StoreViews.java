package imon.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a store shows to its users. */
final class StoreViews {
  private static final List<String> VIEWS =
      List.of(
          "captures", "flows", "traffic", "evidence", "answers", "clients", "ledger", "anomalies");

  private StoreViews() {}

  /** Every view as CSV in a total order. */
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

  private static List<String> all(Path store, String ofCaptures) {
    List<String> views = new ArrayList<>();
    for (String view : VIEWS) {
      String columns = view.equals("captures") ? ofCaptures : "*";
      String sql = "SELECT " + columns + " FROM " + view + " ORDER BY ALL";
      views.add(view + "\n" + Program.run("query", "--db", store, "--csv", sql).done().out());
    }
    return views;
  }
}
