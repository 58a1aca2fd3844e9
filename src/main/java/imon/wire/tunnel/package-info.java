/**
 * Views of headers that carry a packet or a frame inside an IP packet. Each is an {@link
 * imon.wire.Encapsulation} under the contract of {@link imon.wire}. A sound header that carries
 * nothing to be opened (control messages, later parts) carries {@link imon.wire.EtherType#NOTHING}.
 *
 * <p>A header over UDP proves little by itself: any payload on the same port may look like it. So
 * who walks on must still find a sound IP header inside, and where the flags are most of what a
 * header says (GTP-U, L2TP), those that must be zero have to be.
 */
@NullMarked
package imon.wire.tunnel;

import org.jspecify.annotations.NullMarked;
