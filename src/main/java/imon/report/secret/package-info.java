/**
 * Reports that can be handed on: {@link imon.report.secret.AnonymousReport} and its like make of a
 * report one of the same shape, in which {@link imon.report.secret.Pseudonyms} stand for clients
 * and for names of local networks.
 *
 * <p>Contract: what is hidden is hidden in the record, before any renderer sees it. Figures and
 * their order stay. Sites and servers of the internet keep their names.
 */
@NullMarked
package imon.report.secret;

import org.jspecify.annotations.NullMarked;
