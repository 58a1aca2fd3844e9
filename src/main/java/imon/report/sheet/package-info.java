/**
 * A report of a few plain tables, and its renderings for people and as CSV. Whoever has such a
 * report makes a {@link imon.report.sheet.Sheet} of it; JSON, which has no tables, is its own.
 */
@NullMarked
package imon.report.sheet;

import org.jspecify.annotations.NullMarked;
