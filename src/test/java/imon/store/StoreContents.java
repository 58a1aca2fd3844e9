package imon.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/**
 * All that a store holds, as sorted text without ids: two stores with the same contents answer
 * every question alike.
 */
public final class StoreContents {
  /** What stands for numbers of captures, hosts, addresses and devices under the views. */
  private static final String NAMED =
      """
      WITH c AS (SELECT capture, fingerprint FROM fact.capture),
        h AS (SELECT host, concat_ws(' ', name, site) AS host_name FROM fact.host)
      SELECT t::VARCHAR FROM (%s) t ORDER BY 1
      """;

  /** An IPv4 address and a link-layer address are their own numbers. */
  private static final String ADDRESS =
      "coalesce((SELECT ip FROM fact.address6 WHERE address = $1), $1::VARCHAR)";

  private static final Map<String, String> QUESTIONS = questions();

  private StoreContents() {}

  private static Map<String, String> questions() {
    Map<String, String> questions = new LinkedHashMap<>();
    questions.put("captures", "SELECT * EXCLUDE (ingested_at) FROM captures");
    for (String view :
        List.of("flows", "evidence", "traffic", "ledger", "clients", "answers", "anomalies")) {
      questions.put(view, "SELECT * FROM " + view);
    }
    questions.put(
        "sums",
        """
        SELECT t.* EXCLUDE (capture, host, device), c.fingerprint, h.host_name, told(t.device)
        FROM fact.hour_traffic t JOIN c USING (capture) LEFT JOIN h USING (host)
        """);
    questions.put(
        "rivals",
        """
        SELECT t.* EXCLUDE (capture, host, device), c.fingerprint, s.site, told(t.device)
        FROM fact.hour_rival t JOIN c USING (capture) JOIN fact.host s USING (host)
        """);
    questions.put(
        "servers",
        """
        SELECT t.* EXCLUDE (capture, device, server), c.fingerprint, told(t.device), told(t.server)
        FROM fact.hour_server t JOIN c USING (capture)
        """);
    for (String table : List.of("server_rest", "hour_guess")) {
      questions.put(
          table,
          """
          SELECT t.* EXCLUDE (capture, device), c.fingerprint, told(t.device)
          FROM fact.%s t JOIN c USING (capture)
          """
              .formatted(table));
    }
    questions.put(
        "addresses",
        """
        SELECT c.fingerprint, told(t.device), told(t.address)
        FROM fact.device_address t JOIN c USING (capture)
        """);
    questions.put(
        "guesses",
        """
        SELECT t.* EXCLUDE (capture, host), c.fingerprint, h.host_name
        FROM fact.guess t JOIN c USING (capture) JOIN h USING (host)
        """);
    questions.put(
        "later parts",
        "SELECT t.* EXCLUDE (capture), c.fingerprint FROM fact.later_part t JOIN c USING (capture)");
    questions.put(
        "parts",
        """
        SELECT c.fingerprint, t.packet, d.fingerprint AS first, t.first_packet
        FROM fact.part t JOIN c USING (capture) JOIN c d ON d.capture = t.first_capture
        """);
    questions.replaceAll((name, sql) -> sql.replaceAll("told\\((t\\.\\w+)\\)", ADDRESS));
    return questions;
  }

  /** Rows of each view and table of the store in a file. */
  public static Map<String, List<String>> of(Path store) throws IOException {
    Map<String, List<String>> contents = new LinkedHashMap<>();
    for (Map.Entry<String, String> question : QUESTIONS.entrySet()) {
      contents.put(question.getKey(), rows(store, NAMED.formatted(question.getValue())));
    }
    return contents;
  }

  private static List<String> rows(Path store, String sql) throws IOException {
    List<String> rows = new ArrayList<>();
    StoreQuery.run(
        store,
        sql,
        new StoreQuery.Answer() {
          @Override
          public void columns(List<String> names) {}

          @Override
          public void row(List<@Nullable Object> values) {
            rows.add(String.valueOf(values.get(0)));
          }
        },
        Assertions::fail);
    return rows;
  }
}
