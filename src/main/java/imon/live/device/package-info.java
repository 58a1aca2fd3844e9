/**
 * The devices of this machine, and packets from them: {@link imon.live.device.PacketSource} fills a
 * buffer with the records of a pcap file. {@link imon.live.device.LiveSource} does so by libpcap,
 * which also compiles filters for captures ({@link imon.live.device.LibpcapFilter}). It is loaded
 * when the first device or filter is asked for and not before. The only package that knows pcap4j
 * and JNA. It writes no files.
 */
@NullMarked
package imon.live.device;

import org.jspecify.annotations.NullMarked;
