/**
 * Files beside a store and folders for what does not fit in memory: who may read them, and when
 * they go.
 */
@NullMarked
package imon.store.disk;

import org.jspecify.annotations.NullMarked;
