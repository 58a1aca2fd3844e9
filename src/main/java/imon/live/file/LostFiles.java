package imon.live.file;

/**
 * Files that somebody deleted while they were written, or with their folder.
 *
 * @param packets that were written to them
 * @param wireBytes the lengths of these on the wire
 * @param fileBytes bytes of the files
 */
public record LostFiles(long files, long packets, long wireBytes, long fileBytes) {
  static final LostFiles NONE = new LostFiles(0, 0, 0, 0);

  LostFiles plus(PartFile file) {
    return new LostFiles(
        files + 1, packets + file.packets(), wireBytes + file.wireBytes(), fileBytes + file.size());
  }
}
