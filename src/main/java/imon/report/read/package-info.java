/**
 * Reads JSON reports of imon back into the records they were written from, so that every rendering
 * can be made again without the store or the captures.
 *
 * <p>Main type: {@code ReportFile}. The file may be damaged or made by an attacker: what does not
 * fit is refused with the field and the reason, the room it takes is bounded, and text is handed on
 * as it is, for renderers to make harmless. Fields that are not known are passed over.
 */
@NullMarked
package imon.report.read;

import org.jspecify.annotations.NullMarked;
