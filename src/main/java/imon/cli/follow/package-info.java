/**
 * {@code imon analyze --follow}: {@link imon.cli.follow.FollowOptions} is the option and what it
 * does, {@link imon.cli.follow.Ending} ends it when the process is told to end.
 */
@NullMarked
package imon.cli.follow;

import org.jspecify.annotations.NullMarked;
