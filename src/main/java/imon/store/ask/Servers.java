package imon.store.ask;

import static imon.store.ask.Amounts.LARGEST;

import imon.store.Database;
import imon.store.StoreException;
import imon.store.Traffic;
import imon.store.ask.Questions.Server;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The largest servers of unresolved flows. Sums by hour leave out the small ones of a capture, but
 * tell how large these can be: where that could matter, flows are asked.
 */
final class Servers {
  /** Servers told of one site. */
  private static final int DETAILS = 10;

  private static final String ALL_GAPS = "SELECT capture FROM asked_rest";

  /** Captures that left out a server that can be among the largest. */
  private static final String GAPS =
      """
      SELECT DISTINCT r.capture
      FROM asked_rest r CROSS JOIN near_top n
      ANTI JOIN (
        SELECT DISTINCT h.capture, h.server, h.port, h.protocol, l.service
        FROM fact.hour_server h LEFT JOIN service_label l ON l.label = h.service
        WHERE h.server IN (SELECT server FROM near_top)
      ) k
        ON k.capture = r.capture AND k.server = n.server AND k.protocol = n.protocol
        AND k.port IS NOT DISTINCT FROM n.port AND k.service IS NOT DISTINCT FROM n.service
      """;

  private final Database database;
  private final Selection selection;

  Servers(Database database, Selection selection) {
    this.database = database;
    this.selection = selection;
  }

  /**
   * Of the largest sites, whatever named their flows, where views of what is picked tell minutes
   * apart.
   */
  static Map<String, List<Server>> ofSites(Database database, int top) throws StoreException {
    Map<String, List<Server>> servers = new HashMap<>();
    database.query(
        row ->
            servers
                .computeIfAbsent(row.getString(1), site -> new ArrayList<>())
                .add(server(row, 2)),
        """
        WITH top AS (
          SELECT site FROM asked_site GROUP BY site ORDER BY %s, site LIMIT %d
        ), summed AS (
          SELECT n.site, p.server, p.server_port, p.protocol,
            sum((p.begins AND p.first_of_site)::BIGINT)::BIGINT AS connections,
            sum(p.up_packets)::BIGINT AS up_packets, sum(p.up_bytes)::BIGINT AS up_bytes,
            sum(p.down_packets)::BIGINT AS down_packets, sum(p.down_bytes)::BIGINT AS down_bytes
          FROM picked_minute p
          SEMI JOIN sites_scope USING (scope)
          JOIN (SELECT host, site FROM asked_name SEMI JOIN top USING (site)) n USING (host)
          GROUP BY ALL
        )
        SELECT site, coalesce(a.ip, fact.ip4(s.server)) AS shown, server_port,
          coalesce(p.label, s.protocol::VARCHAR) AS protocol_name, v.label AS service,
          connections, up_packets, up_bytes, down_packets, down_bytes
        FROM summed s
        LEFT JOIN fact.address6 a ON a.address = s.server
        LEFT JOIN fact.protocol p ON p.protocol = s.protocol
        LEFT JOIN fact.service v ON v.protocol = s.protocol AND v.port = s.server_port
        QUALIFY row_number() OVER (
          PARTITION BY site
          ORDER BY up_bytes + down_bytes DESC, shown, server_port NULLS LAST, s.protocol) <= %d
        ORDER BY site, up_bytes + down_bytes DESC, shown, server_port NULLS LAST, protocol_name
        """
            .formatted(LARGEST, top, DETAILS));
    return servers;
  }

  /** Of flows. */
  List<Server> ofFlows(int top) throws StoreException {
    sum("source_server");
    return largest(top);
  }

  /** Of sums by hour, which leave servers out. */
  List<Server> ofHours(int top) throws StoreException {
    sum("source_server");
    // No server that is left out has more in a whole capture than the largest of these.
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE asked_rest AS
        SELECT capture, least(max(bytes) FILTER (device IS NULL),
          sum(bytes) FILTER (device IS NOT NULL))::BIGINT AS bytes
        FROM fact.server_rest
        SEMI JOIN (FROM asked WHERE listed) USING (capture)
        WHERE device IS NULL OR wanted_device(device)
        GROUP BY capture HAVING count(device) > 0
        """);
    long leftOut = database.number("SELECT coalesce(sum(bytes), 0)::BIGINT FROM asked_rest");
    if (leftOut > 0) {
      sumAnew(leftOut, least(top));
    }
    return largest(top);
  }

  /**
   * Bytes of the last of the largest servers, as far as hours know; 0 when there are not so many.
   */
  private long least(int top) throws StoreException {
    return database.number(
        """
        SELECT coalesce(min(bytes), 0)::BIGINT FROM (
          SELECT up_bytes + down_bytes AS bytes FROM asked_server
          ORDER BY bytes DESC LIMIT 1 OFFSET %d)
        """
            .formatted(top - 1));
  }

  /**
   * All servers that can be among the largest, from flows of the captures that left one of them
   * out.
   *
   * @param leftOut the most that hours can have left out of one server
   */
  private void sumAnew(long leftOut, long least) throws StoreException {
    boolean some = leftOut < least;
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE near_top AS
        SELECT server, port, protocol, service FROM asked_server
        WHERE up_bytes + down_bytes + %d >= %d
        """
            .formatted(leftOut, least));
    database.execute("CREATE OR REPLACE TEMP TABLE cut_capture AS " + (some ? GAPS : ALL_GAPS));
    if (database.number("SELECT count(*) FROM cut_capture") == 0) {
      return;
    }
    String servers = some ? "server IN (SELECT server FROM near_top)" : "true";
    AskedFlows.pickServers(
        database, selection.period(), "capture IN (FROM cut_capture) AND " + servers);
    sum(
        """
        (
          FROM source_server ANTI JOIN cut_capture USING (capture) WHERE %s
          UNION ALL
          SELECT * EXCLUDE (minute, device) FROM picked_server
        )
        """
            .formatted(servers));
  }

  private void sum(String source) throws StoreException {
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE asked_server AS
        SELECT server, port, protocol, service, sum(connections) AS connections,
          sum(up_packets) AS up_packets, sum(up_bytes) AS up_bytes,
          sum(down_packets) AS down_packets, sum(down_bytes) AS down_bytes
        FROM %s
        GROUP BY server, port, protocol, service
        """
            .formatted(source));
  }

  private List<Server> largest(int top) throws StoreException {
    return database.query(
        row -> server(row, 1),
        """
        SELECT coalesce(a.ip, fact.ip4(u.server)) AS ip, u.port,
          coalesce(p.label, u.protocol::VARCHAR) AS protocol, l.label AS service,
          connections::BIGINT, up_packets::BIGINT, up_bytes::BIGINT, down_packets::BIGINT,
          down_bytes::BIGINT
        FROM asked_server u
        LEFT JOIN fact.address6 a ON a.address = u.server
        LEFT JOIN fact.protocol p ON p.protocol = u.protocol
        LEFT JOIN service_label l ON l.service = u.service
        WHERE up_bytes + down_bytes >= (
          SELECT min(bytes) FROM (
            SELECT up_bytes + down_bytes AS bytes FROM asked_server
            ORDER BY bytes DESC LIMIT %1$d))
        ORDER BY up_bytes + down_bytes DESC, ip, port NULLS LAST, protocol, service LIMIT %1$d
        """
            .formatted(top));
  }

  private static Server server(ResultSet row, int column) throws SQLException {
    return new Server(
        row.getString(column),
        (Integer) row.getObject(column + 1),
        row.getString(column + 2),
        row.getString(column + 3),
        Traffic.of(row, column + 4));
  }
}
