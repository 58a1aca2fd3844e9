/**
 * One {@code Report} record and its renderings.
 *
 * <p>Contract: a renderer takes its options in its constructor, which checks them, and has one
 * method, {@code write(report, out)}. It depends on nothing but the report and its options: it
 * never queries, never reads a clock, and the same report gives the same characters. It closes
 * nothing, and apart from {@code out} only a zone that does not exist or a broken template makes it
 * fail.
 *
 * <p>Names come from attackers. Whatever stands in a report, no control or format character reaches
 * an output (in JSON it is escaped), no markup, no formula and no terminal sequence. Bytes and
 * packets are shown so that the rows add up to the captures.
 *
 * <p>Main type: {@code Report}. Renderers: {@code TerminalTable}, {@code CsvReport}, {@code
 * JsonReport}, {@code MarkdownReport}, and {@code HtmlReport} in {@code imon.report.html}; {@code
 * OutputFile} puts one in place whole or not at all.
 */
@NullMarked
package imon.report;

import org.jspecify.annotations.NullMarked;
