/**
 * The bytes of a capture file as they were captured: found by magic to be compressed or not, and
 * unpacked while they stream, on a thread of its own. Main type: {@link
 * imon.pcap.input.CaptureBytes}. It knows nothing of records, and holds no more of a file than a
 * buffer.
 */
@NullMarked
package imon.pcap.input;

import org.jspecify.annotations.NullMarked;
