package imon.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import imon.name.NameTable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http2.hpack.HPackDecoder;
import org.apache.hc.core5.http2.hpack.HPackException;
import org.jspecify.annotations.Nullable;

/**
 * The header block being gathered from frames, and the compression state of the connection (RFC
 * 7541), which every block changes.
 */
final class HeaderBlock {
  /**
   * Of the dynamic table: sixteen times the default. A client that was granted more, and says so,
   * is not followed further.
   */
  private static final int TABLE_BYTES = 64 * 1024;

  private final NameTable names;
  private final int maximum;
  private final HPackDecoder decoder = new HPackDecoder(TABLE_BYTES, ISO_8859_1);
  private byte[] bytes = new byte[512];
  private int start;
  private int length;

  private @Nullable String method;
  private @Nullable String authority;
  private @Nullable String hostField;
  private boolean extended;

  HeaderBlock(NameTable table, int maximumBytes) {
    names = table;
    maximum = maximumBytes;
  }

  void clear() {
    start = 0;
    length = 0;
  }

  /** Makes room for a frame; false when the block is longer than it may be. */
  boolean begin(int frameBytes) {
    if (length + frameBytes > maximum) {
      return false;
    }
    if (length + frameBytes > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(maximum, 2 * (length + frameBytes)));
    }
    return true;
  }

  void add(byte[] buffer, int offset, int count) {
    System.arraycopy(buffer, offset, bytes, length, count);
    length += count;
  }

  /** The block's first byte; 0 of an empty one. */
  int firstByte() {
    return length > 0 ? bytes[0] & 0xff : 0;
  }

  /** Leaves out bytes at both ends; false when there are not so many. */
  boolean trim(int before, int after) {
    start = before;
    length -= after;
    return start <= length;
  }

  /**
   * Decodes the block; false when it is not sound, and then no later one can be. The library
   * answers some unsound blocks (index 0, Huffman code that ends amiss) with unchecked exceptions.
   */
  boolean decode() {
    method = null;
    authority = null;
    hostField = null;
    extended = false;
    ByteBuffer source = ByteBuffer.wrap(bytes, start, length - start);
    try {
      Header field = decoder.decodeHeader(source);
      while (field != null) {
        take(field.getName(), field.getValue());
        field = decoder.decodeHeader(source);
      }
      return true;
    } catch (HPackException | RuntimeException e) {
      return false;
    }
  }

  /** Whether it starts a request: trailers do not. */
  boolean isRequest() {
    return method != null;
  }

  /** Whether it asks for a tunnel and not, as WebSocket does, for a protocol (RFC 8441). */
  boolean isConnect() {
    return "CONNECT".equals(method) && !extended;
  }

  /** Whether it says whom the request is for: a name, or what is none, such as an address. */
  boolean isAddressed() {
    return authority != null || hostField != null;
  }

  @Nullable String host() {
    String text = authority != null ? authority : hostField;
    if (text == null) {
      return null;
    }
    byte[] host = text.getBytes(ISO_8859_1);
    return names.host(host, 0, host.length);
  }

  private void take(String name, @Nullable String value) {
    switch (name) {
      case ":method" -> method = method == null ? value : method;
      case ":authority" -> authority = authority == null ? value : authority;
      case ":protocol" -> extended = true;
      case "host" -> hostField = hostField == null ? value : hostField;
      default -> {}
    }
  }
}
