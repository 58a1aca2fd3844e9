package imon.live.file;

import java.nio.file.Path;

/**
 * Is told what becomes of a capture and its files. Called by several threads, and never by one that
 * holds up the capture with what it does for {@link #finished}.
 */
public interface CaptureListener {
  /** A file is whole and has its name; it may be read, moved or deleted from now on. */
  void finished(FinishedFile file);

  /**
   * A finished file has its last name: it was packed, or is not to be, or cannot be. It may have
   * been deleted since.
   */
  default void settled(Path file) {}

  /** Something a user should know, in one line without a final dot. */
  void said(String line);
}
