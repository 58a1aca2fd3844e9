/**
 * Figures, sizes, times and names as text: for people the same in every locale, for machines exact.
 * Whatever a name holds, what comes out of here does nothing where it is shown.
 */
@NullMarked
package imon.report.text;

import org.jspecify.annotations.NullMarked;
