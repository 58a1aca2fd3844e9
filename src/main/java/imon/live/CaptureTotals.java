package imon.live;

import imon.live.device.PacketSource.Counters;

/**
 * What a capture came to.
 *
 * @param packets written to files
 * @param wireBytes their lengths on the wire
 * @param fileBytes bytes of all files
 * @param files how many files were begun
 * @param unwritten packets that were captured, but found no room in a file
 * @param counters what the kernel counted
 */
public record CaptureTotals(
    long packets, long wireBytes, long fileBytes, long files, long unwritten, Counters counters) {}
