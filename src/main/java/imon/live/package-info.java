/**
 * Captures packets into files that follow each other: {@link imon.live.Capture} owns the capturing
 * thread and lasts until a limit is reached or it is told to stop. Packets come from {@code
 * imon.live.device}, files from {@code imon.live.file}. It decodes nothing: its files are read like
 * any others.
 */
@NullMarked
package imon.live;

import org.jspecify.annotations.NullMarked;
