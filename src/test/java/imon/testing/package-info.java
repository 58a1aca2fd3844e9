/**
 * What tests share about the machine they run on, and files that no library of ours writes. Main
 * types: {@code Environment}, {@code RealCaptures}, {@code MaxMindFile}. It holds no assertions
 * about imon itself.
 */
@NullMarked
package imon.testing;

import org.jspecify.annotations.NullMarked;
