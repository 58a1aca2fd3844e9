/**
 * Joins the stages of reading, decoding and loading, and owns their threads: one reader deals
 * blocks to workers, each with its own flows, and one loader takes their rows. {@link
 * imon.analysis.Analysis} is the whole of it: captures in, answers out.
 *
 * <p>Queues are bounded, blocks and batches are reused, so that memory does not grow with a
 * capture. What comes out does not depend on the number of workers.
 */
@NullMarked
package imon.analysis;

import org.jspecify.annotations.NullMarked;
