/**
 * Two reports side by side: the record {@link imon.report.diff.Diff}, how it is made, its JSON, and
 * its {@link imon.report.sheet.Sheet}.
 */
@NullMarked
package imon.report.diff;

import org.jspecify.annotations.NullMarked;
