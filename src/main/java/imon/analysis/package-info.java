/**
 * Joins the stages of reading, decoding and loading, and owns their threads: several captures are
 * read at once, each in a lane, and one thread loads what they hold. {@link imon.analysis.Analysis}
 * is the whole of it: captures in, answers out.
 *
 * <p>Queues are bounded, blocks and batches are reused, so that memory does not grow with a
 * capture. What comes out depends neither on the number of workers nor on timing.
 */
@NullMarked
package imon.analysis;

import org.jspecify.annotations.NullMarked;
