package imon.analysis.follow;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file as it stood at a look.
 *
 * @param bytes its length
 * @param changed when it was last written to
 */
public record Sighting(Path path, long bytes, Instant changed) {}
