/**
 * The walk from the link layer to the transport header, one packet at a time. {@link
 * imon.decode.Dealer} runs in the reading thread: it finds each packet's innermost IP header and
 * deals the packets of a block to workers, so that all packets between the same two innermost
 * addresses meet in the same worker. {@link imon.decode.Packet} runs in a worker: it reads the
 * headers from there on.
 *
 * <p>Nothing here throws on any packet, allocates per packet, or knows flows.
 */
@NullMarked
package imon.decode;

import org.jspecify.annotations.NullMarked;
