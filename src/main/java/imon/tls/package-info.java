/**
 * The clear first message of TLS (RFC 8446, section 4.1.2) and the server name in it. Main type:
 * {@link imon.tls.ClientHello}, a reader that is given a stream's first bytes, and again when there
 * are more; owned by one thread, it never throws on any bytes, keeps none of them, and allocates
 * only names not seen before.
 *
 * <p>It does not put TCP segments in order, read what the server sends, decrypt, or judge whether a
 * handshake would succeed: it looks at what a name hangs on and steps over the rest.
 */
@NullMarked
package imon.tls;

import org.jspecify.annotations.NullMarked;
