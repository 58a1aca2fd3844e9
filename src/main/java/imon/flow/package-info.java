/**
 * Flows, and what names them. One {@link imon.flow.FlowTracker} serves one worker and one capture:
 * it accounts packets to flows, keeps the start of each stream until it is named, follows DNS, and
 * writes what it found as {@link imon.flow.row.Rows}.
 *
 * <p>What it finds depends only on the packets of each flow and their order in the capture, never
 * on which other flows the same worker has: limits are per flow, or by the distance of packet
 * numbers. It does not decide which evidence wins; that is the store's.
 */
@NullMarked
package imon.flow;

import org.jspecify.annotations.NullMarked;
