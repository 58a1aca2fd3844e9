/** {@code imon store}: what a store holds, pruning and export. */
@NullMarked
package imon.cli.keep;

import org.jspecify.annotations.NullMarked;
