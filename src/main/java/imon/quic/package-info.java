/**
 * The server name in the first packets of QUIC (RFC 9000, RFC 9001, RFC 9369, the drafts before
 * them) and of Google QUIC. Main type: {@link imon.quic.QuicInitial}, one per worker, which is
 * given a flow's datagrams together with that flow's {@link imon.quic.QuicFlow}.
 *
 * <p>Initial packets are protected with keys that follow from bytes in the packet itself, so that
 * anybody on the path can read them. Everything after them is out of reach and is not looked at: no
 * 0-RTT, Handshake or 1-RTT packet is opened, no server packet is read, and no connection is
 * followed to another address.
 */
@NullMarked
package imon.quic;

import org.jspecify.annotations.NullMarked;
