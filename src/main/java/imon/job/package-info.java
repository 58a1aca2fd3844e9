/**
 * A night: {@link imon.job.JobRun} has captures taken in, reports made and handed over, and old
 * files deleted, as a {@link imon.job.file.Job} says. It does so by commands of imon that anyone
 * could give ({@link imon.job.Commands}); who runs them is handed in, and so is the clock.
 */
@NullMarked
package imon.job;

import org.jspecify.annotations.NullMarked;
