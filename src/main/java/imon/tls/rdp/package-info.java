/**
 * RDP's own transport over UDP, as far as a ClientHello hangs on it: [MS-RDPEUDP] (versions 1 and
 * 2) and [MS-RDPEUDP2] (version 3). Main types: {@link imon.tls.rdp.RdpDatagram}, a view of one
 * datagram, and {@link imon.tls.rdp.RdpHello}, which joins the client's packets of a reliable
 * connection; {@link imon.tls.rdp.RdpFlow} belongs to a flow.
 *
 * <p>A flow is taken for RDP only when it begins with the SYN of this protocol. Coded packets
 * (forward error correction) are not read, and of the server's packets none.
 */
@NullMarked
package imon.tls.rdp;

import org.jspecify.annotations.NullMarked;
