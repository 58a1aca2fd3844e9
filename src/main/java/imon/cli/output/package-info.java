/**
 * Where words and files go: the terminal, its progress bar, output files, which of them must not be
 * written, exit codes.
 */
@NullMarked
package imon.cli.output;

import org.jspecify.annotations.NullMarked;
