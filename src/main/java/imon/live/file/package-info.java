/**
 * Capture files on disk. {@link imon.live.file.CaptureFolder} gives out new ones, and names, tidies
 * and packs finished ones on threads of its own, so that none of that delays who writes. A file is
 * called {@code *.part} until it is whole. Files of other names are never touched.
 */
@NullMarked
package imon.live.file;

import org.jspecify.annotations.NullMarked;
