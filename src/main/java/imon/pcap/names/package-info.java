/**
 * The names of addresses that a capture file itself brings along. Main type: {@link
 * imon.pcap.names.ResolvedNames}. It takes what stands in the file as it stands; what is a host
 * name, and what it names, others decide.
 */
@NullMarked
package imon.pcap.names;

import org.jspecify.annotations.NullMarked;
