package imon.live;

import imon.live.device.PacketSource.Counters;
import imon.live.file.LostFiles;

/**
 * What a capture came to.
 *
 * @param packets written to files
 * @param wireBytes their lengths on the wire
 * @param fileBytes bytes of all files
 * @param files how many files were begun
 * @param unwritten packets that were captured, but found no room in a file or whose file is gone
 * @param counters what the kernel counted
 */
public record CaptureTotals(
    long packets, long wireBytes, long fileBytes, long files, long unwritten, Counters counters) {
  /** The same when packets were written to files that are not there any more. */
  public CaptureTotals without(LostFiles lost) {
    return new CaptureTotals(
        packets - lost.packets(),
        wireBytes - lost.wireBytes(),
        fileBytes - lost.fileBytes(),
        files - lost.files(),
        unwritten + lost.packets(),
        counters);
  }
}
