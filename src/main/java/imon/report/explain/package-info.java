/**
 * Why a name has its traffic: {@link imon.report.explain.Explanation}, made of a store's answers,
 * with the display filters that show the packets, as tables and as JSON. Nothing here reads a
 * capture.
 */
@NullMarked
package imon.report.explain;

import org.jspecify.annotations.NullMarked;
