/**
 * The facts of a capture on their way to the store: rows of a few types, column by column in
 * primitive arrays. Main types: {@link imon.flow.row.RowType}, which says what each table holds,
 * and {@link imon.flow.row.Rows}. It does not know where rows come from or go to.
 */
@NullMarked
package imon.flow.row;

import org.jspecify.annotations.NullMarked;
