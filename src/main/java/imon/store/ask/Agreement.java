package imon.store.ask;

import imon.store.Database;
import imon.store.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of inference does on flows of one capture that their own packets name: what it would
 * have said of them, held against that proof.
 *
 * @param captureId the visible capture id
 * @param kind the kind of inference
 * @param age how old the answers were, or null for a kind that is not a DNS answer of some age
 */
public record Agreement(String captureId, String kind, @Nullable Age age, Tally tally) {

  /** How old an answer was when the flow began; the earlier constant holds where two do. */
  public enum Age {
    /** Not older than its TTL. */
    TTL("within the TTL"),
    /** Older than that by one hour at most. */
    HOUR("up to 1 h after the TTL"),
    /** One day old at most. */
    DAY("up to 24 h old"),
    /** One week old at most. */
    WEEK("up to 7 days old"),
    /** It came only after the flow had begun, within an hour. */
    AFTER("up to 1 h after the flow began");

    private final String label;

    Age(String label) {
      this.label = label;
    }

    /** What a reader sees; the word of CSV and JSON is the constant in lower case. */
    public String label() {
      return label;
    }
  }

  /**
   * Sums over flows on which a kind had something to say.
   *
   * @param flows how many these are
   * @param bytes their bytes on the wire
   * @param sameSiteFlows those of which it named the site that proof names
   * @param sameSiteBytes the bytes of these
   * @param hostFlows those of which it named a host: a wildcard certificate only has a site
   * @param sameHostFlows those of which it named the host that proof names
   */
  public record Tally(
      long flows,
      long bytes,
      long sameSiteFlows,
      long sameSiteBytes,
      long hostFlows,
      long sameHostFlows) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    public Tally plus(Tally other) {
      return new Tally(
          flows + other.flows,
          bytes + other.bytes,
          sameSiteFlows + other.sameSiteFlows,
          sameSiteBytes + other.sameSiteBytes,
          hostFlows + other.hostFlows,
          sameHostFlows + other.sameHostFlows);
    }
  }

  /**
   * Of the captures asked about, by their first packet; within one the strongest kind first, then
   * by age. A kind that had nothing to say of a capture's proven flows has no row.
   */
  static List<Agreement> of(Database database) throws StoreException {
    return database.query(
        row -> {
          Integer age = (Integer) row.getObject(3);
          return new Agreement(
              row.getString(1),
              row.getString(2),
              age == null ? null : Age.values()[age],
              new Tally(
                  row.getLong(4),
                  row.getLong(5),
                  row.getLong(6),
                  row.getLong(7),
                  row.getLong(8),
                  row.getLong(9)));
        },
        """
        SELECT substr(c.fingerprint, 1, 16), k.label, g.age::INTEGER, g.flows, g.bytes::BIGINT,
          g.same_site_flows, g.same_site_bytes::BIGINT, g.host_flows, g.same_host_flows
        FROM asked_guess g JOIN asked c USING (capture) JOIN fact.evidence_kind k USING (kind)
        ORDER BY c.first_time NULLS LAST, c.fingerprint, k.strength, g.age
        """);
  }
}
