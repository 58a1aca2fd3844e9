/**
 * What is remembered of packets gone by, and for how long: limits are distances in packet numbers
 * or, where bytes are kept, in ticks ({@link imon.decode.Dealer#tick}), which are the same for any
 * number of workers, or hold for one stream. Main types: {@link imon.flow.recent.RecentTable} and
 * {@link imon.flow.recent.OpenStates}. It does not know what a flow is.
 */
@NullMarked
package imon.flow.recent;

import org.jspecify.annotations.NullMarked;
