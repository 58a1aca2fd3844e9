/** Rules about the program as a whole: the order of its packages, and its launcher. */
@NullMarked
package imon;

import org.jspecify.annotations.NullMarked;
