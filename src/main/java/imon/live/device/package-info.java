/**
 * The devices of this machine, and packets from them: {@link imon.live.device.PacketSource} fills a
 * buffer with the records of a pcap file. {@link imon.live.device.LiveSource} does so by libpcap,
 * which is loaded when the first device is asked for and not before; the only package that knows
 * pcap4j and JNA. It writes no files.
 */
@NullMarked
package imon.live.device;

import org.jspecify.annotations.NullMarked;
