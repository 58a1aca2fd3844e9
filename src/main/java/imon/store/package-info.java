/**
 * DuckDB: the schema, loading, correlation, and the questions asked of it; the only package that
 * knows SQL. {@link imon.store.Staging} takes a capture's rows into a private database and answers
 * for them; {@link imon.store.StoreFile} keeps them.
 *
 * <p>Facts are only ever inserted. What is derived from them (which name a flow has) is made anew
 * from facts, in {@code correlate.sql} alone. Nothing here renders.
 */
@NullMarked
package imon.store;

import org.jspecify.annotations.NullMarked;
