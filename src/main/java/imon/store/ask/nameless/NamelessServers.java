package imon.store.ask.nameless;

import imon.store.Database;
import imon.store.StoreException;
import imon.wire.Addresses;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Which servers to look up.
 *
 * @param top the largest ones, at most
 * @param since answers that were looked up before this time (nanoseconds since 1970 UTC) are too
 *     old
 * @param local whether servers on local networks are wanted, too
 */
public record NamelessServers(int top, long since, boolean local) {
  /**
   * The servers of a source with most bytes that nothing names, or only an old answer. Names from
   * packets and hosts files count; so does an answer that there is no name.
   *
   * @param fingerprints of the captures whose flows count
   */
  // DuckDB 2.0.0 loses a LIMIT over these joins and gives all rows; ResolveOptionTest holds that.
  public List<Addresses.Words> of(Database database, String source, Collection<String> fingerprints)
      throws StoreException {
    List<String> found =
        database.query(
            row -> row.getString(1),
            """
            SELECT ip FROM (
              SELECT coalesce(a.ip, fact.ip4(f.server)) AS ip,
                sum(f.up_bytes + f.down_bytes) AS bytes
              FROM fact.sided f
              JOIN fact.capture c USING (capture)
              JOIN fact.scope s ON s.scope = f.scope
              LEFT JOIN fact.address6 a ON a.address = f.server
              LEFT JOIN fact.evidence_kind k ON k.kind = f.kind
              LEFT JOIN fact.reverse r ON r.source = c.source AND r.address = f.server
              WHERE c.source = ? AND c.fingerprint IN ('%1$s') AND s.label IN (%2$s)
                AND (f.kind IS NULL OR (k.label = 'ptr' AND r.name = f.host))
                AND coalesce(r.looked_time < %3$d, true)
                AND (%4$b OR NOT (coalesce(regexp_matches(a.ip, '^(f[cd]..|fe[89ab].):|^::1?$'), false)
                  OR f.server >> 24 IN (0, 10, 127) OR f.server >> 20 = 2753
                  OR f.server >> 16 IN (43518, 49320) OR f.server >> 22 = 401))
              GROUP BY ALL
            )
            QUALIFY row_number() OVER (ORDER BY bytes DESC, ip) <= %5$d
            ORDER BY bytes DESC, ip
            """
                .formatted(
                    String.join("', '", fingerprints),
                    local ? "'internet', 'local'" : "'internet'",
                    since,
                    local,
                    top),
            source);
    return found.stream().map(ip -> Objects.requireNonNull(Addresses.parse(ip))).toList();
  }
}
