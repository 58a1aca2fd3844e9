/** Options that several commands share, read from words into what they mean. */
@NullMarked
package imon.cli.option;

import org.jspecify.annotations.NullMarked;
