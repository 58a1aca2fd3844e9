package imon.dns;

import imon.name.NameTable;
import imon.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The public names of an ECHConfigList (RFC 9849, section 4), which an HTTPS record carries (RFC
 * 9848): the outer server names of clients that use it.
 *
 * <pre>
 *  ECHConfigList: length (2), ECHConfig...
 *  ECHConfig:     version (2) = fe0d, length (2), contents
 *  contents:      config_id (1), kem_id (2), public_key (2 + n), cipher_suites (2 + n),
 *                 maximum_name_length (1), public_name (1 + n), extensions (2 + n)
 * </pre>
 */
final class EchConfigs {
  private static final int VERSION = 0xfe0d;
  private static final int CONFIG_HEADER = 4;

  private final NameTable names;
  private byte[] buffer = new byte[0];
  private int next;
  private int limit;
  private boolean malformed;

  EchConfigs(NameTable names) {
    this.names = names;
  }

  /** Starts on the list in {@code bytes[offset, end)}. */
  void wrap(byte[] bytes, int offset, int end) {
    buffer = bytes;
    next = offset + 2;
    limit = end;
    malformed = end - offset < 2 || Bytes.u16(bytes, offset) != end - offset - 2;
  }

  /** The next public name; null when there are no more. Configurations without one are passed. */
  @Nullable String nextPublicName() {
    while (!malformed && next < limit) {
      if (limit - next < CONFIG_HEADER
          || Bytes.u16(buffer, next + 2) > limit - next - CONFIG_HEADER) {
        malformed = true;
        return null;
      }
      int contents = next + CONFIG_HEADER;
      boolean known = Bytes.u16(buffer, next) == VERSION;
      next = contents + Bytes.u16(buffer, next + 2);
      String name = known ? publicName(contents, next) : null;
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  /** Whether the list breaks its format, as far as it was read. */
  boolean isMalformed() {
    return malformed;
  }

  private @Nullable String publicName(int contents, int end) {
    int suites = afterVector(contents + 3, end);
    int name = afterVector(suites, end) + 2;
    if (name > end || name + Bytes.u8(buffer, name - 1) > end) {
      malformed = true;
      return null;
    }
    return names.host(buffer, name, name + Bytes.u8(buffer, name - 1));
  }

  /** The position after a vector with two bytes of length; beyond {@code end} when it is cut. */
  private int afterVector(int at, int end) {
    return at + 2 > end ? end + 1 : at + 2 + Bytes.u16(buffer, at);
  }
}
