package imon.pcap.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks LZ4 (LZ4 frame format 1.6): all frames one after another, skippable ones stepped over,
 * with blocks that depend on those before or do not, checksums verified. An early end ({@link
 * EOFException}) is told from damage ({@link ZipException}), and every byte before is given out.
 */
final class Lz4Stream extends InputStream {
  private static final int MAGIC = 0x184D_2204;
  private static final int SKIPPABLE_MAGIC = 0x184D_2A50;
  private static final int SKIPPABLE_MASK = ~0xf;

  /** How far back a block may copy from, at most. */
  private static final int HISTORY_BYTES = 64 * 1024;

  private static final int WORD_BYTES = 4;
  private static final int MOST_HEADER_BYTES = 15;

  /** In the size of a block: it is stored as it is. */
  private static final int NOT_PACKED = 1 << 31;

  private static final int VERSION_BITS = 0xc2;
  private static final int VERSION = 0x40;
  private static final int INDEPENDENT_BLOCKS = 0x20;
  private static final int BLOCK_CHECKSUMS = 0x10;
  private static final int CONTENT_SIZE = 0x08;
  private static final int CONTENT_CHECKSUM = 0x04;
  private static final int DICTIONARY = 0x01;

  private final InputStream stored;
  private final XxHash32 contentHash = new XxHash32();
  private byte[] packed = new byte[MOST_HEADER_BYTES];

  /** The bytes before the current block that it may copy, and the block. */
  private byte[] unpacked = {};

  private Lz4Block block = new Lz4Block(unpacked);
  private int position;
  private int limit;

  private boolean inFrame;
  private int flags;
  private int largestBlock;
  private @Nullable IOException fault;

  Lz4Stream(InputStream stored) {
    this.stored = stored;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == limit) {
      if (fault != null) {
        throw fault;
      }
      if (inFrame) {
        nextBlock();
      } else if (!nextFrame()) {
        return -1;
      }
    }
    int read = Math.min(length, limit - position);
    System.arraycopy(unpacked, position, bytes, offset, read);
    position += read;
    return read;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Reads the head of the next frame; false when there is none. */
  private boolean nextFrame() throws IOException {
    int read = stored.readNBytes(packed, 0, WORD_BYTES);
    if (read == 0) {
      return false;
    }
    requireAll(read, WORD_BYTES);
    if ((word(0) & SKIPPABLE_MASK) == SKIPPABLE_MAGIC) {
      skip();
    } else if (word(0) == MAGIC) {
      openFrame();
    } else {
      throw new ZipException("what follows the last frame is not lz4");
    }
    return true;
  }

  private void skip() throws IOException {
    require(0, WORD_BYTES);
    long left = word(0) & 0xffff_ffffL;
    while (left > 0) {
      int piece = (int) Math.min(left, packed.length);
      require(0, piece);
      left -= piece;
    }
  }

  private void openFrame() throws IOException {
    require(0, 2);
    flags = packed[0];
    if ((flags & VERSION_BITS) != VERSION) {
      throw new ZipException("a frame of another version");
    }
    int header = 2 + (has(CONTENT_SIZE) ? 8 : 0) + (has(DICTIONARY) ? 4 : 0);
    require(2, header - 1);
    if ((byte) (XxHash32.of(packed, 0, header) >>> 8) != packed[header]) {
      throw new ZipException("checksum of a frame's head does not match");
    }
    if (has(DICTIONARY)) {
      throw new ZipException("a frame that needs a dictionary");
    }
    reserve(packed[1] >>> 4 & 7);
    contentHash.reset();
    inFrame = true;
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  private void reserve(int sizeCode) throws ZipException {
    if (sizeCode < 4) {
      throw new ZipException("a frame with blocks of no known size");
    }
    largestBlock = 1 << (8 + 2 * sizeCode);
    if (unpacked.length != HISTORY_BYTES + largestBlock) {
      packed = new byte[largestBlock + WORD_BYTES];
      unpacked = new byte[HISTORY_BYTES + largestBlock];
      block = new Lz4Block(unpacked);
    }
    position = 0;
    limit = 0;
  }

  private void nextBlock() throws IOException {
    require(0, WORD_BYTES);
    int size = word(0) & ~NOT_PACKED;
    boolean isPacked = size == word(0);
    if (size == 0) {
      endFrame();
      return;
    }
    if (size > largestBlock) {
      throw new ZipException("a block larger than its frame allows");
    }
    int stays = keepHistory();
    int read = stored.readNBytes(packed, 0, size + (has(BLOCK_CHECKSUMS) ? WORD_BYTES : 0));
    boolean sound = unpack(isPacked, Math.min(size, read), stays);
    contentHash.update(unpacked, position, limit - position);
    fault = faultOf(size, read, sound);
  }

  /** Moves what the next block may copy to the front; returns how much that is. */
  private int keepHistory() {
    int stays = has(INDEPENDENT_BLOCKS) ? 0 : Math.min(HISTORY_BYTES, limit);
    System.arraycopy(unpacked, limit - stays, unpacked, 0, stays);
    return stays;
  }

  private boolean unpack(boolean isPacked, int size, int start) {
    position = start;
    if (isPacked) {
      boolean sound = block.unpack(packed, size, start);
      limit = block.end();
      return sound && limit - start <= largestBlock;
    }
    System.arraycopy(packed, 0, unpacked, start, size);
    limit = start + size;
    return true;
  }

  private @Nullable IOException faultOf(int size, int read, boolean sound) {
    if (read < size || (has(BLOCK_CHECKSUMS) && read < size + WORD_BYTES)) {
      return new EOFException("ends within a block");
    }
    if (has(BLOCK_CHECKSUMS) && XxHash32.of(packed, 0, size) != word(size)) {
      return new ZipException("checksum of a block does not match");
    }
    return sound ? null : new ZipException("a block that cannot be unpacked");
  }

  private void endFrame() throws IOException {
    inFrame = false;
    if (has(CONTENT_CHECKSUM)) {
      require(0, WORD_BYTES);
      if (contentHash.value() != word(0)) {
        throw new ZipException("checksum does not match");
      }
    }
  }

  private int word(int at) {
    return (packed[at] & 0xff)
        | (packed[at + 1] & 0xff) << 8
        | (packed[at + 2] & 0xff) << 16
        | packed[at + 3] << 24;
  }

  private void require(int at, int bytes) throws IOException {
    requireAll(stored.readNBytes(packed, at, bytes), bytes);
  }

  private static void requireAll(int read, int bytes) throws EOFException {
    if (read < bytes) {
      throw new EOFException("ends within a frame");
    }
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }
}
