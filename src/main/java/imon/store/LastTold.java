package imon.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/**
 * Of the names that a device was told for an address, those it was told last before a flow began
 * are the ones that count for it. A name that is told takes a seat; when all are taken, the one
 * that was told longest ago gives up its own. So correlate.sql joins a flow with few seats, however
 * many names there are. Which names sit hangs only on what was told before, so that a capture that
 * is added changes no more than affected.sql finds.
 *
 * <p>SQL has no window of the last so many distinct values that does not look at all of them again
 * and again. Of most captures no address is worth it: there each name has a seat of its own.
 */
final class LastTold {
  /** Names of one device and address that count at once. */
  static final int NAMES = 64;

  private static final String MAKE_CROWDED =
      """
      CREATE OR REPLACE TEMP TABLE crowded AS
      SELECT net, device, address, row_number() OVER () AS pair
      FROM counting_answer
      SEMI JOIN (
        SELECT net, device, address FROM counting_answer GROUP BY ALL HAVING count(*) > %1$d
      ) USING (net, device, address)
      GROUP BY net, device, address
      HAVING count(DISTINCT name) > %1$d
      """
          .formatted(NAMES);

  /** Of answers of one time the order is one that other captures do not change. */
  private static final String TELLINGS =
      """
      SELECT k.pair, a.seen_time, a.name, a.rowid
      FROM counting_answer a
      JOIN crowded k USING (net, device, address)
      JOIN ranked_capture c ON c.capture = a.seen.capture
      JOIN ranked_host h ON h.host = a.name
      ORDER BY k.pair, a.seen_time, in_order(c.place, a.seen.packet, h.place)
      """;

  private static final long NONE = -1;

  private final DuckDBAppender seated;
  private final Map<Integer, Integer> seats = new LinkedHashMap<>(2 * NAMES, 0.75f, true);

  /** What was told last in each seat: it is written when its time is over. */
  private final long[] rows = new long[NAMES];

  private final long[] times = new long[NAMES];

  private LastTold(DuckDBAppender seated) {
    this.seated = seated;
    Arrays.fill(rows, NONE);
  }

  /** Gives answers their seats; answers.sql has given each name its own. */
  static void seat(Database database) throws StoreException {
    database.execute(MAKE_CROWDED);
    if (database.number("SELECT count(*) FROM crowded") > 0) {
      seatCrowded(database);
    }
    database.execute("DROP TABLE crowded");
  }

  private static void seatCrowded(Database database) throws StoreException {
    database.execute("CREATE OR REPLACE TEMP TABLE seated (answer BIGINT, seat INTEGER)");
    database.appendAside(
        "seated",
        seated -> {
          try (Statement statement = database.connection().createStatement();
              ResultSet tellings = statement.executeQuery(TELLINGS)) {
            new LastTold(seated).hear(tellings);
          }
        });
    database.execute(
        """
        UPDATE counting_answer SET seat = s.seat
        FROM seated s WHERE s.answer = counting_answer.rowid;
        DROP TABLE seated
        """);
  }

  private void hear(ResultSet tellings) throws SQLException {
    long pair = NONE;
    while (tellings.next()) {
      if (tellings.getLong(1) != pair) {
        pair = tellings.getLong(1);
        rise();
      }
      sit(take(tellings.getInt(3)), tellings.getLong(2), tellings.getLong(4));
    }
    rise();
  }

  /** The seat of a name: its own, a free one, or that of the name told longest ago. */
  private int take(int name) {
    Integer own = seats.get(name);
    if (own != null) {
      return own;
    }
    int seat = seats.size() < NAMES ? seats.size() : freed();
    seats.put(name, seat);
    return seat;
  }

  private int freed() {
    Iterator<Integer> byTime = seats.values().iterator();
    int seat = byTime.next();
    byTime.remove();
    return seat;
  }

  /** Of several answers of one time in one seat only the last has it, as one must be the latest. */
  private void sit(int seat, long time, long row) throws SQLException {
    if (rows[seat] != NONE && times[seat] == time) {
      seated.beginRow().append(rows[seat]).appendNull().endRow();
    } else {
      write(seat);
    }
    rows[seat] = row;
    times[seat] = time;
  }

  private void write(int seat) throws SQLException {
    if (rows[seat] != NONE) {
      seated.beginRow().append(rows[seat]).append(seat).endRow();
      rows[seat] = NONE;
    }
  }

  /** The next answers are told to another device, or for another address. */
  private void rise() throws SQLException {
    for (int seat = 0; seat < NAMES; seat++) {
      write(seat);
    }
    seats.clear();
  }
}
