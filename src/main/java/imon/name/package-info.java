/** Hosts, sites, and the kinds of evidence. Main types: {@code Evidence}, {@code Sites}. It never looks anything up on a network. */
@NullMarked
package imon.name;

import org.jspecify.annotations.NullMarked;
