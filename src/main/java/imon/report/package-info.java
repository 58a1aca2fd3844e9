/** One {@code Report} record and its renderings. A renderer is one method from a report to text; renderers never query and never read a clock. */
@NullMarked
package imon.report;

import org.jspecify.annotations.NullMarked;
