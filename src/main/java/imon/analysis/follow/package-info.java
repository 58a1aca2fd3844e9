/**
 * Takes captures in as another program finishes them in a folder: {@link
 * imon.analysis.follow.Follow} looks again and again, {@link imon.analysis.follow.FinishedFiles}
 * decides. What it takes too early is no loss: a capture that has grown takes its own place.
 */
@NullMarked
package imon.analysis.follow;

import org.jspecify.annotations.NullMarked;
