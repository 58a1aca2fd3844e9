package imon.report.explain;

import imon.report.Report.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a site or a host has its traffic.
 *
 * @param scope how the report was cut out; its flows are whole ones that are alive in a minute of
 *     the period
 * @param name the site or host asked about
 * @param flows how many flows have the name
 * @param bytes the bytes of these, on the wire
 * @param kinds the kinds of evidence that name them, the strongest first
 * @param rivals names they could have had, too: the strongest kind first, then by bytes; at most
 *     {@code scope.top()}
 * @param rivalCount how many rivals there are
 * @param captures the captures that have such flows, or what names them, by first packet; at most
 *     {@code scope.top()}
 * @param captureCount how many captures there are
 */
public record Explanation(
    Scope scope,
    String name,
    long flows,
    long bytes,
    List<KindRow> kinds,
    List<RivalRow> rivals,
    long rivalCount,
    List<CaptureRow> captures,
    long captureCount) {

  /**
   * What one kind of evidence named.
   *
   * @param evidence where it was seen, what names most bytes first; at most {@code scope.top()}
   * @param evidenceCount how many such places there are
   */
  public record KindRow(
      String kind,
      boolean proof,
      long flows,
      long bytes,
      long evidenceCount,
      List<EvidenceRow> evidence) {}

  /**
   * Where something was seen.
   *
   * @param captureId null for a name of a hosts file, as is {@code path}
   * @param packet its number in the capture, from 1; null for a name that no packet tells
   * @param time when it was captured; null likewise
   */
  public record Place(
      @Nullable String captureId,
      @Nullable String path,
      @Nullable Long packet,
      @Nullable Instant time) {}

  /** What names flows; {@code host} is null when only its site is known. */
  public record EvidenceRow(@Nullable String host, Place place, long flows, long bytes) {}

  /**
   * A name that lost.
   *
   * @param place where it was seen first
   * @param flows how many flows could have had it
   */
  public record RivalRow(
      String kind, @Nullable String host, String site, Place place, long flows, long bytes) {}

  /**
   * A capture.
   *
   * @param packets how many packets in it name flows
   * @param evidenceFilter the display filter for these, the first of them if they are many; null
   *     when there are none
   * @param flowFilter the display filter for the connections of its flows, likewise
   */
  public record CaptureRow(
      String id,
      String path,
      long packets,
      long flows,
      long bytes,
      @Nullable String evidenceFilter,
      @Nullable String flowFilter) {}
}
