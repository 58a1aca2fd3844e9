/**
 * Asks the DNS what addresses are called: {@link imon.analysis.reverse.ReverseLookups}. The only
 * package that sends packets, and only when the user asks for it.
 */
@NullMarked
package imon.analysis.reverse;

import org.jspecify.annotations.NullMarked;
