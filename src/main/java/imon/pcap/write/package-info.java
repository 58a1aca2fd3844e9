/**
 * Writes captures: {@link imon.pcap.write.PcapngFile} takes packets of any link type and time as a
 * reader gives them out. {@link imon.pcap.write.OwnerOnly} makes files and folders that others
 * cannot read, {@link imon.pcap.write.IoReason} says why a file cannot be had.
 */
@NullMarked
package imon.pcap.write;

import org.jspecify.annotations.NullMarked;
