/**
 * The child process of {@code imon capture --totals}: {@link imon.cli.totals.TotalsCommand} reads
 * what the capture has written so far and prints what it came to, block by block.
 */
@NullMarked
package imon.cli.totals;

import org.jspecify.annotations.NullMarked;
