/** Where words and files go: the terminal, its progress bar, output files, exit codes. */
@NullMarked
package imon.cli.output;

import org.jspecify.annotations.NullMarked;
