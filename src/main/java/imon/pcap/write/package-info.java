/**
 * Writes captures: {@link imon.pcap.write.PcapngFile} takes packets of any link type and time as a
 * reader gives them out.
 */
@NullMarked
package imon.pcap.write;

import org.jspecify.annotations.NullMarked;
