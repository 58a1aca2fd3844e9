/**
 * What some sites used, span of time by span of time: the record {@link
 * imon.report.usage.SiteUsage}, how it is made of a store's answers, its JSON, and its {@link
 * imon.report.sheet.Sheet}.
 */
@NullMarked
package imon.report.usage;

import org.jspecify.annotations.NullMarked;
