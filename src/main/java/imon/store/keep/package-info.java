/**
 * Keeping a store: what it holds ({@link imon.store.keep.StoreContents}), and giving back the space
 * of what is old ({@link imon.store.keep.Pruning}). Nothing here names flows or answers reports.
 */
@NullMarked
package imon.store.keep;

import org.jspecify.annotations.NullMarked;
