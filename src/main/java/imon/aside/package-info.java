/**
 * Work that others do not wait for until they need it: {@link imon.aside.Aside}. It has no queue
 * and no bound, so it is for a few long pieces of work, and never for packets or rows.
 */
@NullMarked
package imon.aside;

import org.jspecify.annotations.NullMarked;
