/**
 * Capture file formats: opened by magic, decompressed, given out as blocks of whole records. Main
 * type: {@code CaptureReader}. It knows nothing of what a record holds.
 */
@NullMarked
package imon.pcap;

import org.jspecify.annotations.NullMarked;
