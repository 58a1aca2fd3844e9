/**
 * The clear first messages of TLS and the names in them. Main types: {@link imon.tls.ClientHello}
 * (RFC 8446, section 4.1.2), {@link imon.tls.DtlsHello} for datagrams, {@link
 * imon.tls.ServerCertificate} and {@link imon.tls.DtlsCertificate} for what the server sends,
 * {@link imon.tls.StartTls} for a hello that follows other talk. Each is a reader that is given the
 * first bytes of one direction, and again when there are more; owned by one thread, it never throws
 * on any bytes, keeps none of them, and allocates only names not seen before. {@link
 * imon.tls.DtlsFragments} and {@link imon.tls.DtlsCertificate.Flight} alone belong to a flow.
 *
 * <p>They do not put TCP segments in order, decrypt, check a certificate, or judge whether a
 * handshake would succeed: they look at what a name hangs on and step over the rest.
 */
@NullMarked
package imon.tls;

import org.jspecify.annotations.NullMarked;
