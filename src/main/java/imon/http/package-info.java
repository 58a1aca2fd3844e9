/**
 * Clear HTTP and the talk with proxies before it. Main types: {@link imon.http.HttpRequest} (the
 * host of the first request, RFC 9112), {@link imon.http.HttpMessages} (where the messages of a
 * connection begin), {@link imon.http.Http2Requests} (RFC 9113), {@link imon.http.SocksRequest},
 * {@link imon.http.ProxyHeader}.
 *
 * <p>Readers are given a stream's first bytes, and again when there are more; they belong to one
 * thread, keep no bytes, and allocate only names not seen before. {@code Http2Requests} and {@code
 * HttpMessages} belong to one connection each: they are fed piece by piece and keep a header that
 * is cut, of at most 64 KiB. None of them throws on any bytes.
 *
 * <p>They read no content, and no header further than names and borders hang on it. HTTP/0.9 and
 * the protocols that only look like HTTP (RTSP, SIP) are none of their business.
 */
@NullMarked
package imon.http;

import org.jspecify.annotations.NullMarked;
