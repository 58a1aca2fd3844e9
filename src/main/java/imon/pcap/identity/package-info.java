/**
 * What a capture is known by: a {@link imon.pcap.identity.Fingerprint} of its bytes. A capture that
 * has grown begins with the bytes of what it was, which {@link imon.pcap.identity.Beginnings}
 * notices while the bytes go by. Knows nothing of files and records.
 */
@NullMarked
package imon.pcap.identity;

import org.jspecify.annotations.NullMarked;
