package imon.live.file;

import java.nio.file.Path;

/**
 * Where capture files go.
 *
 * @param folder made when it is missing
 * @param pattern what they are called; what is tidied away, too
 * @param retention which finished files are kept
 * @param packed whether finished files are packed by zstd
 */
public record FolderOptions(
    Path folder, NamePattern pattern, Retention retention, boolean packed) {}
