package imon.pcap.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks gzip (RFC 1952), all members one after another. Unlike the JDK's stream it tells an early
 * end ({@link EOFException}) from damage ({@link ZipException}) between members too, and gives out
 * every byte before the fault. Zeros after the last member are padding.
 */
final class GzipStream extends InputStream {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream stored;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private boolean inMember;
  private @Nullable IOException fault;

  GzipStream(InputStream stored) {
    this.stored = stored;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || startMember()) {
      int read = inflate(bytes, offset, length);
      if (read > 0) {
        checksum.update(bytes, offset, read);
        return read;
      }
      if (inflater.finished()) {
        endMember();
      } else {
        refill();
      }
    }
    return -1;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    if (fault != null) {
      throw fault;
    }
    long before = inflater.getBytesWritten();
    try {
      int read = inflater.inflate(bytes, offset, length);
      if (read == 0 && inflater.needsDictionary()) {
        throw new ZipException("a preset dictionary is not allowed");
      }
      return read;
    } catch (DataFormatException damage) {
      fault = new ZipException(damage.getMessage());
      fault.initCause(damage);
      return (int) (inflater.getBytesWritten() - before);
    }
  }

  private void refill() throws IOException {
    if (fault != null) {
      throw fault;
    }
    if (!more()) {
      throw new EOFException("ends within a member");
    }
    inflater.setInput(buffer, 0, limit);
  }

  private boolean startMember() throws IOException {
    int first = next();
    while (first == 0) {
      first = next();
    }
    if (first < 0) {
      return false;
    }
    if (first != 0x1f || required() != 0x8b || required() != DEFLATE) {
      throw new ZipException("what follows the last member is not gzip");
    }
    skipHeader();
    inflater.setInput(buffer, position, limit - position);
    checksum.reset();
    inMember = true;
    return true;
  }

  /** RFC 1952 section 2.3.1, from the flags on. */
  private void skipHeader() throws IOException {
    int flags = required();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(required() | required() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    int expected = requiredWord();
    int size = requiredWord();
    if (expected != (int) checksum.getValue()) {
      throw new ZipException("checksum does not match");
    }
    if (size != (int) inflater.getBytesWritten()) {
      throw new ZipException("length does not match");
    }
    inflater.reset();
    inMember = false;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      required();
    }
  }

  private void skipText() throws IOException {
    while (required() != 0) {}
  }

  private int requiredWord() throws IOException {
    return required() | required() << 8 | required() << 16 | required() << 24;
  }

  private int required() throws IOException {
    int value = next();
    if (value < 0) {
      throw new EOFException("ends within a member");
    }
    return value;
  }

  private int next() throws IOException {
    return position < limit || more() ? buffer[position++] & 0xff : -1;
  }

  private boolean more() throws IOException {
    position = 0;
    limit = Math.max(0, stored.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    stored.close();
  }
}
