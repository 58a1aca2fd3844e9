/**
 * One view per header. The contract of every view stands here once:
 *
 * <ul>
 *   <li>{@code wrap(buffer, offset, limit)} looks at the bytes from {@code offset} to {@code limit}
 *       (exclusive) of a buffer that belongs to somebody else, checks the header once and answers
 *       {@code null} when it is sound, or the {@link imon.pcap.Anomaly} that says what is wrong.
 *   <li>After a sound {@code wrap} no accessor can fail, until the view is wrapped anew or the
 *       buffer is filled anew. After any other answer no accessor may be called.
 *   <li>{@code payload()} and {@code payloadLimit()} bound what the header carries, within the
 *       captured bytes: a packet cut by the snap length has less payload than it had on the wire.
 *   <li>A view is reused for every packet and belongs to one thread. It keeps no state beyond the
 *       header it stands on.
 * </ul>
 *
 * <p>Network and transport headers stand here, link layers in {@code imon.wire.link}, tunnels in
 * {@code imon.wire.tunnel}. A header that carries another link or network header is an {@link
 * imon.wire.Encapsulation}.
 *
 * <p>Views refuse to look beyond their own header; the walk from one to the next is {@code
 * imon.decode}'s.
 */
@NullMarked
package imon.wire;

import org.jspecify.annotations.NullMarked;
