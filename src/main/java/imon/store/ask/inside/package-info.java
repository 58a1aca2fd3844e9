/**
 * What belongs to local networks rather than to the internet: {@link
 * imon.store.ask.inside.InternalNames}. It hides nothing; reports do.
 */
@NullMarked
package imon.store.ask.inside;

import org.jspecify.annotations.NullMarked;
