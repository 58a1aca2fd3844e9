/** Words for moments and periods, as users write them. The clock is handed in. */
@NullMarked
package imon.cli.time;

import org.jspecify.annotations.NullMarked;
