package imon.analysis;

import imon.pcap.CaptureFiles;

/**
 * A capture to be taken in.
 *
 * @param place its place among all that were given, from 0
 * @param capture its number in the staging database
 * @param bytes how long it is as it is stored, -1 when nobody knows
 */
record Job(int place, int capture, CaptureFiles.Input input, long bytes) {}
