/**
 * Rows on their way into a staging database: ids for names and addresses, and chunks for DuckDB.
 */
@NullMarked
package imon.store.load;

import org.jspecify.annotations.NullMarked;
