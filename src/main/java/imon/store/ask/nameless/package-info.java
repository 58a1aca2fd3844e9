/** Asks which servers have no name: {@link imon.store.ask.nameless.NamelessServers}. */
@NullMarked
package imon.store.ask.nameless;

import org.jspecify.annotations.NullMarked;
