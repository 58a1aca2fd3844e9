/**
 * Runs packet filters: programs of the classic BSD Packet Filter (McCanne and Jacobson, 1993), as
 * libpcap makes them of expressions such as {@code tcp port 443}. {@link
 * imon.wire.filter.FilterProgram} is one program, checked once and then run on any packet; {@link
 * imon.wire.filter.PacketFilter} has the right one for each packet of a capture.
 *
 * <p>Nothing here reads an expression, knows libpcap, or allocates per packet. Programs that ask
 * the Linux kernel for what is beside a packet are refused.
 */
@NullMarked
package imon.wire.filter;

import org.jspecify.annotations.NullMarked;
