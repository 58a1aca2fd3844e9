/**
 * A report as figures for a monitoring system: {@code MetricsReport} writes them in the text format
 * that Prometheus and the textfile collector of its node_exporter read, and OpenMetrics too.
 *
 * <p>Contract: as of all renderers, see {@code imon.report}. No label of an attacker's choice can
 * end its line or its quotes, and no two lines have the same labels.
 */
@NullMarked
package imon.report.metrics;

import org.jspecify.annotations.NullMarked;
