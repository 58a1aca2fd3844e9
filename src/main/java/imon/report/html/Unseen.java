package imon.report.html;

import imon.report.Losses;
import imon.report.PrunedText;
import imon.report.Report;
import imon.report.text.Figures;
import imon.report.text.Sizes;
import imon.store.ask.PrunedCaptures;
import imon.store.ask.page.BlindSpot;
import imon.store.ask.page.BlindSpot.Kind;
import java.util.ArrayList;
import java.util.List;

/** What a report cannot see, in words, with figures where the captures tell them. */
final class Unseen {
  private final Report report;
  private final Sizes sizes;
  private final Losses losses;

  /**
   * One thing.
   *
   * @param figure how much of it is in this report
   * @param found whether there is any
   */
  public record Row(String title, String meaning, String figure, boolean found) {}

  /**
   * @param report with all its captures and anomalies, or their losses are not all there
   */
  Unseen(Report report, Sizes sizes) {
    this.report = report;
    this.sizes = sizes;
    this.losses = Losses.of(report);
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(
        spot(
            Kind.ENCRYPTED_DNS,
            "Encrypted DNS",
            "Answers over HTTPS, TLS or QUIC name nothing. To port 853, or to a resolver that is"
                + " known by name; others look like any HTTPS."));
    rows.add(
        spot(
            Kind.ECH,
            "Encrypted ClientHello",
            "The name in the clear is the operator’s, the site’s is hidden. Such connections are"
                + " named by DNS, or not at all."));
    rows.add(
        spot(
            Kind.TUNNEL,
            "Encrypted tunnels",
            "OpenVPN, WireGuard, IPsec and PPTP are one connection, whatever goes through."));
    rows.add(
        spot(
            Kind.MIDWAY,
            "Joined midway",
            "TCP that began before the capture; its name may have been said before."));
    rows.add(dropped());
    rows.add(cut());
    rows.add(duplicates());
    List<String> pruned = PrunedText.ofTraffic(report.scope().pruned());
    if (!pruned.isEmpty()) {
      rows.add(pruned(pruned));
    }
    return rows;
  }

  private Row spot(Kind kind, String title, String meaning) {
    return report.details().blindSpots().stream()
        .filter(spot -> spot.kind() == kind)
        .findFirst()
        .map(spot -> new Row(title, meaning, figure(spot), true))
        .orElseGet(() -> new Row(title, meaning, none(), false));
  }

  private String none() {
    boolean pruned = !report.scope().pruned().equals(PrunedCaptures.NONE);
    return pruned ? "none seen in captures that were not pruned" : "none seen";
  }

  private String figure(BlindSpot spot) {
    String all = Figures.count(spot.connections(), "connection") + ", " + sizes.text(spot.bytes());
    return spot.unresolvedConnections() == 0
        ? all
        : "%s; %s of it without a name".formatted(all, sizes.text(spot.unresolvedBytes()));
  }

  private Row dropped() {
    Long packets = losses.droppedPackets();
    String silent = Figures.count(losses.silentCaptures(), "capture") + " not said";
    String figure = packets == null ? "not said" : Figures.count(packets, "packet");
    boolean some = packets != null && losses.silentCaptures() > 0;
    return new Row(
        "Lost before the capture",
        "Packets that the capturing kernel or program dropped.",
        some ? figure + "; of " + silent : figure,
        packets != null && packets > 0);
  }

  private Row cut() {
    List<String> figures = new ArrayList<>();
    if (losses.missingBytes() > 0) {
      figures.add(sizes.text(losses.missingBytes()) + " on the wire are not in the files");
    }
    if (losses.cutHeaders() > 0) {
      figures.add(Figures.count(losses.cutHeaders(), "header") + " cut");
    }
    return new Row(
        "Cut packets",
        "A snap length keeps the beginning of each packet. Sizes are those on the wire, but a name"
            + " further back is lost.",
        figures.isEmpty() ? "none seen" : String.join("; ", figures),
        !figures.isEmpty());
  }

  private static Row pruned(List<String> lines) {
    return new Row(
        "Pruned captures",
        "The store no longer has their flows, so that an hour stands where it begins.",
        String.join("; ", lines),
        true);
  }

  private Row duplicates() {
    List<String> figures = new ArrayList<>();
    if (losses.copiesCounted() > 0) {
      String packets = Figures.count(losses.copiesCounted(), "packet");
      figures.add(packets + " counted though they are copies");
    }
    if (losses.copiesApart() > 0) {
      figures.add(Figures.count(losses.copiesApart(), "packet") + " told apart");
    }
    return new Row(
        "Duplicates",
        "A packet that a mirror port shows twice counts twice, unless --dedupe tells copies apart.",
        figures.isEmpty() ? "none seen" : String.join("; ", figures),
        !figures.isEmpty());
  }
}
