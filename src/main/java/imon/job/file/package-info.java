/**
 * Job files: {@link imon.job.file.JobFile} reads one (TOML 1.0) into a {@link imon.job.file.Job},
 * or says everything that is wrong in it, each with its line. It looks at no other file.
 */
@NullMarked
package imon.job.file;

import org.jspecify.annotations.NullMarked;
