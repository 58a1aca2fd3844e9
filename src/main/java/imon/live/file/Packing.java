package imon.live.file;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import imon.pcap.write.OwnerOnly;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;

/** Packs finished files by zstd. What is packed takes the place of its original, whole. */
final class Packing {
  private Packing() {}

  /**
   * Packs one file and deletes it; a file that is gone is none of its business.
   *
   * @return the packed file
   */
  static Path pack(Path file) throws IOException {
    Path packed = file.resolveSibling(file.getFileName() + NamePattern.PACKED);
    Path part = file.resolveSibling(packed.getFileName() + NamePattern.UNFINISHED);
    try {
      FileTime finished = Files.getLastModifiedTime(file);
      Files.deleteIfExists(part);
      write(file, part);
      Files.setLastModifiedTime(part, finished);
      Files.move(part, packed, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(file);
    } catch (NoSuchFileException tidiedAway) {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    return packed;
  }

  private static void write(Path file, Path part) throws IOException {
    try (FileChannel channel = OwnerOnly.create(part);
        OutputStream out = new ZstdOutputStreamNoFinalizer(Channels.newOutputStream(channel))) {
      Files.copy(file, out);
    }
  }
}
