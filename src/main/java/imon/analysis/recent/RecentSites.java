package imon.analysis.recent;

import imon.store.Traffic;
import imon.store.ask.Questions;
import java.time.Instant;
import java.util.List;

/**
 * The latest traffic of a capture.
 *
 * @param from the full minute in which it begins, at least a minute before the last packet
 * @param last when the last packet came, to the second
 * @param packets of all, whatever they are
 * @param bytes of all, on the wire
 * @param sites the largest, with the evidence for them
 * @param otherSites what all other sites have
 * @param skippedBytes bytes of files that were left out in this time, because they came too fast
 */
public record RecentSites(
    Instant from,
    Instant last,
    long packets,
    long bytes,
    List<Questions.Site> sites,
    Traffic otherSites,
    long skippedBytes) {}
