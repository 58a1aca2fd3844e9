/**
 * Cuts packets out of captures that were analyzed before: {@link imon.analysis.cut.PacketCutter}
 * writes what {@link imon.analysis.cut.Excerpt}s name into one file. A capture that has grown gives
 * what it was; one that has changed gives nothing.
 */
@NullMarked
package imon.analysis.cut;

import org.jspecify.annotations.NullMarked;
