/**
 * What fuzz tests share: where their first inputs come from, how one input holds several packets,
 * and the check that a reader looks at nothing but its slice. Main types: {@code Seeds}, {@code
 * Pieces}, {@code Slices}. The tests themselves stand in the packages of what they read. Only the
 * Maven profile {@code fuzz} compiles any of it.
 */
@NullMarked
package imon.fuzz;

import org.jspecify.annotations.NullMarked;
