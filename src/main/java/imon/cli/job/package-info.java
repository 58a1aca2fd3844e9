/** {@code imon job}: {@link imon.cli.job.JobCommand} and its subcommands. */
@NullMarked
package imon.cli.job;

import org.jspecify.annotations.NullMarked;
