/**
 * Options that change facts: with others the same packets become other flows. {@link
 * imon.flow.option.FactOptions} has them all, and the text that a store keeps with each capture.
 */
@NullMarked
package imon.flow.option;

import org.jspecify.annotations.NullMarked;
