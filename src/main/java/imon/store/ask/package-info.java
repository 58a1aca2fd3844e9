/**
 * What is asked of a store, or of captures just taken in: the answers a report is made of, in a
 * total order. {@link imon.store.ask.Questions} is about all sites, {@link
 * imon.store.ask.SiteQuestions} about some, each within a {@link imon.store.ask.Selection}.
 *
 * <p>Answers made of a store's sums by hour are those that its flows would give, to the byte.
 * Nothing here changes a store, and nothing renders.
 */
@NullMarked
package imon.store.ask;

import org.jspecify.annotations.NullMarked;
