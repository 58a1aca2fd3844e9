/**
 * What tests share about the machine they run on. Main types: {@code Environment}, {@code
 * RealCaptures}. It holds no assertions about imon itself.
 */
@NullMarked
package imon.testing;

import org.jspecify.annotations.NullMarked;
