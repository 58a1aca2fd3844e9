/**
 * The walk from the link layer to the transport header, one packet at a time. {@link
 * imon.decode.Dealer} finds each packet's innermost IP header, and says whether the packet is its
 * worker's: all packets between the same two innermost addresses meet in the same one. {@link
 * imon.decode.Packet} reads the headers from there on.
 *
 * <p>Nothing here throws on any packet, allocates per packet, or knows flows.
 */
@NullMarked
package imon.decode;

import org.jspecify.annotations.NullMarked;
