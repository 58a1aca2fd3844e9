/**
 * What a capture that goes on has come to in its last minute: {@link
 * imon.analysis.recent.AppendedRecords} reads what its files have grown by, and {@link
 * imon.analysis.recent.RecentTraffic} has it analyzed like any capture. It writes nothing and keeps
 * no more than it needs: memory is bounded however long the capture lasts.
 */
@NullMarked
package imon.analysis.recent;

import org.jspecify.annotations.NullMarked;
