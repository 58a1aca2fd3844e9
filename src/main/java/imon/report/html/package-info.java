/**
 * The report as one HTML file. Main type: {@link imon.report.html.HtmlReport}. Words, lengths and
 * the figure of traffic over time are made here, the page itself by {@code templates/report.ftlh};
 * nothing here asks a store.
 */
@NullMarked
package imon.report.html;

import org.jspecify.annotations.NullMarked;
