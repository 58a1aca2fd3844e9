/**
 * What benchmarks share: the traffic they read ({@code TrafficWriter} makes it, {@code Traffic} has
 * it), what they count, and {@code RunBenchmarks}, which runs them and prints a table. The
 * benchmarks themselves stand in the packages of what they measure. Only the Maven profile {@code
 * bench} compiles any of it.
 */
@NullMarked
package imon.bench;

import org.jspecify.annotations.NullMarked;
