/**
 * Clear HTTP/1 requests (RFC 9112) and the host they are for. Main type: {@link
 * imon.http.HttpRequest}, a reader that is given a stream's first bytes, and again when there are
 * more; owned by one thread, it never throws on any bytes, keeps none of them, and allocates only
 * names not seen before.
 *
 * <p>It reads the request line and the header as far as the Host field. Responses, bodies,
 * HTTP/0.9, HTTP/2 and the protocols that only look like HTTP (RTSP, SIP) are none of its business:
 * all are {@code NOT_HTTP}.
 */
@NullMarked
package imon.http;

import org.jspecify.annotations.NullMarked;
