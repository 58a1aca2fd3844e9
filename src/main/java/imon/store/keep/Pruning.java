package imon.store.keep;

import imon.store.Database;
import imon.store.Replacement;
import imon.store.Schema;
import imon.store.StoreException;
import imon.store.StoreFile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the flows of old captures out of a store and gives their space back. A capture goes as a
 * whole, when its last packet is older than a date. It stays in the ledger, and stays known, so
 * that it is not taken in again.
 */
public final class Pruning {
  private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000_000L;

  /** What has a row for each flow, or is derived from such rows. */
  private static final List<String> OF_FLOWS =
      List.of(
          "flow",
          "untold",
          "slice",
          "evidence",
          "candidate",
          "naming",
          "guess",
          "part",
          "proxied",
          "later_part",
          "shown_part",
          "shown_connection",
          "shown_rival",
          "hour_traffic",
          "hour_rival",
          "hour_server",
          "server_rest",
          "hour_guess",
          "device_address");

  private static final List<String> OF_HOURS =
      List.of("pruned_traffic", "pruned_rival", "pruned_server", "pruned_guess");

  private static final String NOT_GOING = "capture NOT IN (SELECT capture FROM going)";

  private final Instant before;
  private final boolean drop;

  /**
   * @param before captures that ended before this go
   * @param drop whether nothing of their traffic stays; otherwise it stays by UTC hour
   */
  public Pruning(Instant before, boolean drop) {
    this.before = before;
    this.drop = drop;
  }

  /** How many captures were pruned, and the bytes of the file before and after. */
  public record Outcome(long captures, long bytesBefore, long bytesAfter) {}

  /** Prunes the store. When nothing is old enough, the file is not touched. */
  public Outcome run(StoreFile store) throws StoreException {
    long size = StoreContents.fileBytes(store.path());
    // Flows get the names they still wait for, and an older store its new tables.
    long waiting = store.read(this::choose);
    if (waiting == 0) {
      return new Outcome(0, size, size);
    }
    long[] pruned = {0};
    Replacement.of(
        store.path(),
        replacement -> {
          pruned[0] = choose(replacement.database());
          if (pruned[0] > 0) {
            rewrite(replacement);
          }
          return pruned[0] > 0;
        });
    return new Outcome(pruned[0], size, StoreContents.fileBytes(store.path()));
  }

  /**
   * Makes tables of the captures that ended before ({@code going}) and of those among them that
   * still have flows ({@code fresh}); returns how many have something to lose.
   */
  private long choose(Database database) throws StoreException {
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE going AS
        SELECT capture FROM fact.capture WHERE last_time < %d AND correlated
        """
            .formatted(nanos()));
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE fresh AS
        FROM going ANTI JOIN fact.pruned USING (capture)
        """);
    return database.number(
        "SELECT count(*) FROM going ANTI JOIN (FROM fact.pruned WHERE %s) USING (capture)"
            .formatted(drop ? "dropped" : "true"));
  }

  private long nanos() {
    long seconds = Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, before.getEpochSecond()));
    return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.ofEpochSecond(seconds));
  }

  private void rewrite(Replacement replacement) throws StoreException {
    Database database = replacement.database();
    replacement.copyTables(conditions());
    database.script("prune-ledger.sql");
    if (!drop) {
      database.script("prune.sql");
    }
    database.execute(
        "INSERT INTO beside.fact.pruned SELECT capture, %b FROM %s ORDER BY capture"
            .formatted(drop, drop ? "going" : "fresh"));
    replacement.complete(Schema.VERSION);
  }

  private Map<String, String> conditions() {
    Map<String, String> conditions = new HashMap<>();
    OF_FLOWS.forEach(table -> conditions.put(table, NOT_GOING));
    conditions.put("answer", NOT_GOING + " OR " + stillOfUse());
    if (drop) {
      OF_HOURS.forEach(table -> conditions.put(table, NOT_GOING));
      conditions.put("pruned", NOT_GOING);
      conditions.put("device_name", NOT_GOING);
      // The answers that stay, which were copied before, are told of devices.
      String known = NOT_GOING + " OR capture IN (SELECT capture FROM beside.fact.answer)";
      List.of("device", "link", "querier").forEach(table -> conditions.put(table, known));
    }
    return conditions;
  }

  /**
   * Answers that can still name flows of the captures that stay, or of later ones, by the windows
   * of correlate.sql: a week, or TTL and one hour; reverse answers and names of ECH at any time.
   */
  private String stillOfUse() {
    return """
        kind IN (SELECT kind FROM fact.answer_kind WHERE label IN ('ptr', 'ech'))
          OR seen_time + greatest(168 * 3600, ttl + 3600) * 1000000000 >= (
            SELECT least(%1$d, coalesce(min(s.first_time), %1$d))
            FROM fact.capture s
            WHERE s.capture NOT IN (SELECT capture FROM going)
              AND s.source = (SELECT c.source FROM fact.capture c WHERE c.capture = answer.capture))
        """
        .formatted(nanos());
  }
}
