/**
 * The command line: words become records before the core sees them. The only place that knows
 * picocli, the standard streams and exit codes. {@link imon.cli.Main#run} is the program without
 * the process around it.
 */
@NullMarked
package imon.cli;

import org.jspecify.annotations.NullMarked;
