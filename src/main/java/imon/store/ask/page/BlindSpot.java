package imon.store.ask.page;

import static java.util.Comparator.comparing;

import imon.name.EncryptedResolvers;
import imon.store.Database;
import imon.store.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Internet traffic that says less of its site than other traffic does. A connection counts as a
 * whole when it begins in the period, and may be of several kinds.
 *
 * @param bytes wire bytes, both ways
 * @param unresolvedConnections those of them that nothing names
 * @param unresolvedBytes the bytes of these
 */
public record BlindSpot(
    Kind kind, long connections, long bytes, long unresolvedConnections, long unresolvedBytes) {

  /** What hides names; in the order of a report. */
  public enum Kind {
    /** DNS over TLS or QUIC (port 853), or over HTTPS to a resolver that is known for it. */
    ENCRYPTED_DNS("encrypted-dns"),
    /** Its server name is a public name of ECH: the site's stands inside, encrypted. */
    ECH("ech"),
    /** OpenVPN, WireGuard, IPsec, PPTP. */
    TUNNEL("tunnel"),
    /** TCP whose beginning is not in the captures. */
    MIDWAY("midway");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    private static Kind of(String label) {
      return Arrays.stream(values())
          .filter(kind -> kind.label.equals(label))
          .findAny()
          .orElseThrow();
    }

    /** The word of queries, CSV and JSON. */
    public String label() {
      return label;
    }
  }

  /** Every kind of which there is something; of what questions are asked of. */
  public static List<BlindSpot> of(Database database) throws StoreException {
    String names =
        EncryptedResolvers.names().stream()
            .map(name -> "('" + name + "')")
            .collect(Collectors.joining(", "));
    database.execute(
        "CREATE OR REPLACE TEMP TABLE encrypted_resolver AS FROM (VALUES %s) AS resolver (name)"
            .formatted(names));
    database.script("blind-spots.sql");
    List<BlindSpot> spots =
        database.query(
            row ->
                new BlindSpot(
                    Kind.of(row.getString(1)),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5)),
            "SELECT kind, connections, bytes, unresolved, unresolved_bytes FROM blind_spot");
    spots.sort(comparing(BlindSpot::kind));
    return spots;
  }
}
