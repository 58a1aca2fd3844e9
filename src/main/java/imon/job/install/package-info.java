/**
 * What starts a job each night: units of systemd ({@link imon.job.install.SystemdUnits}) or lines
 * of a crontab ({@link imon.job.install.CrontabLines}). Only text is made; nothing is installed.
 */
@NullMarked
package imon.job.install;

import org.jspecify.annotations.NullMarked;
