/**
 * What TCP streams say. {@link imon.flow.stream.StreamProbe} asks every reader what the start of a
 * stream is; {@link imon.flow.stream.Conversation} follows an HTTP connection in both directions
 * and tells which run of requests to one host each packet belongs to.
 *
 * <p>It does not know where flows are kept and counts no bytes: that is {@code imon.flow}'s.
 */
@NullMarked
package imon.flow.stream;

import org.jspecify.annotations.NullMarked;
