/** What only a report's page asks for: its traffic over time, and what hides names. */
@NullMarked
package imon.store.ask.page;

import org.jspecify.annotations.NullMarked;
