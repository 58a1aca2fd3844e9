package imon.live.file;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A capture file that is whole.
 *
 * @param path where it is; a packed file is another one
 * @param start when it began
 * @param packets how many are in it
 * @param bytes its size
 */
public record FinishedFile(Path path, Instant start, long packets, long bytes) {}
