package imon.store.ask.inside;

import imon.store.Database;
import imon.store.StoreException;
import imon.store.option.KeptOptions;
import java.util.HashSet;
import java.util.Set;

/**
 * Names and addresses that tell about local networks.
 *
 * @param hosts hosts with local traffic, with a private address, or named as no public host is
 * @param sites sites, or the user's groups, of which only such hosts have traffic
 * @param addresses servers that are clients, too, or are of one device with a client, and addresses
 *     of networks that were given as local; of private addresses not all are listed
 */
public record InternalNames(Set<String> hosts, Set<String> sites, Set<String> addresses) {
  /** For captures without any. */
  public static final InternalNames NONE = new InternalNames(Set.of(), Set.of(), Set.of());

  public InternalNames {
    hosts = Set.copyOf(hosts);
    sites = Set.copyOf(sites);
    addresses = Set.copyOf(addresses);
  }

  /** Of what the questions prepared in this database are about. */
  public static InternalNames of(Database database) throws StoreException {
    KeptOptions.describe(database);
    database.script("inside.sql");
    return new InternalNames(
        texts(database, "SELECT name FROM inside_host WHERE name IS NOT NULL"),
        texts(database, "SELECT site FROM inside_site"),
        texts(database, "SELECT ip FROM inside_address"));
  }

  private static Set<String> texts(Database database, String sql) throws StoreException {
    return new HashSet<>(database.query(row -> row.getString(1), sql));
  }

  /** What at least one of two has, as of two stores. */
  public InternalNames plus(InternalNames other) {
    return new InternalNames(
        union(hosts, other.hosts), union(sites, other.sites), union(addresses, other.addresses));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}
