package imon.analysis;

import imon.pcap.CaptureFiles;
import imon.pcap.identity.KnownCapture;
import java.util.List;

/**
 * A capture to be taken in.
 *
 * @param place its place among all that were given, from 0
 * @param capture its number in the staging database
 * @param bytes how long it is as it is stored, -1 when nobody knows
 * @param known captures that this one may have grown from
 */
record Job(int place, int capture, CaptureFiles.Input input, long bytes, List<KnownCapture> known) {
  Job(int place, int capture, CaptureFiles.Input input, long bytes) {
    this(place, capture, input, bytes, List.of());
  }
}
