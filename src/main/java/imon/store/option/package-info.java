/**
 * The options of captures that change facts, as SQL needs them: {@link
 * imon.store.option.KeptOptions}.
 */
@NullMarked
package imon.store.option;

import org.jspecify.annotations.NullMarked;
