package imon.report;

import imon.name.Evidence;
import imon.report.Report.EvidenceRow;
import imon.report.Report.SiteRow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What names a site, in a word. */
public final class SiteEvidence {
  /** A kind is worth a word when it holds at least one byte in this many. */
  private static final long WORTH_NAMING = 10;

  private static final int MOST_NAMED = 2;

  private SiteEvidence() {}

  /**
   * The one or two kinds that hold most of a site's bytes, the stronger one first: {@code tls} or
   * {@code tls+dns}.
   */
  static String dominant(List<EvidenceRow> evidence) {
    return dominantRows(evidence).stream().map(EvidenceRow::kind).collect(Collectors.joining("+"));
  }

  /** Whether the dominant kinds are all proof. */
  static boolean dominantlyProven(List<EvidenceRow> evidence) {
    List<EvidenceRow> rows = dominantRows(evidence);
    return !rows.isEmpty() && rows.stream().allMatch(row -> isProof(row.kind()));
  }

  /**
   * Whether a kind of evidence stands in the packets of the flow itself. A kind that has no
   * constant in {@link Evidence} is not taken for proof.
   */
  public static boolean isProof(String kind) {
    return Arrays.stream(Evidence.values())
        .anyMatch(evidence -> evidence.label().equals(kind) && evidence.proof());
  }

  /** The bytes of a site that proof names. */
  public static long proofBytes(SiteRow site) {
    return site.evidence().stream()
        .filter(row -> isProof(row.kind()))
        .mapToLong(row -> row.traffic().bytes())
        .sum();
  }

  private static List<EvidenceRow> dominantRows(List<EvidenceRow> evidence) {
    long bytes = evidence.stream().mapToLong(row -> row.traffic().bytes()).sum();
    List<EvidenceRow> largest =
        evidence.stream()
            .sorted((one, other) -> Long.compare(other.traffic().bytes(), one.traffic().bytes()))
            .limit(MOST_NAMED)
            .toList();
    return evidence.stream()
        .filter(largest::contains)
        .filter(row -> row.equals(largest.get(0)) || row.traffic().bytes() * WORTH_NAMING >= bytes)
        .toList();
  }
}
