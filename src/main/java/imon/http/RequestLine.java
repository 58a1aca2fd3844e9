package imon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * {@code method SP request-target SP HTTP/1.x} (RFC 9112, section 3). The version decides: without
 * it a text protocol is not HTTP. What was read is valid as long as the buffer is.
 */
final class RequestLine {
  enum State {
    NONE,
    CUT,
    WHOLE
  }

  private static final byte[] VERSION = " HTTP/1.".getBytes(US_ASCII);
  private static final byte[] CONNECT = "CONNECT ".getBytes(US_ASCII);

  private byte[] buffer = new byte[0];
  private int targetStart;
  private int targetEnd;
  private int end;
  private boolean connect;

  State read(byte[] request, int offset, int limit) {
    buffer = request;
    int method = Methods.length(request, offset, limit);
    if (method <= 0) {
      return method == Methods.NONE ? State.NONE : State.CUT;
    }
    connect = Arrays.equals(CONNECT, 0, CONNECT.length, request, offset, offset + method);
    targetStart = offset + method;
    int at = targetStart;
    while (at < limit && isText(request[at])) {
      at++;
    }
    if (at == limit || (request[at] == '\r' && at + 1 == limit)) {
      return State.CUT;
    }
    int lineFeed = request[at] == '\r' ? at + 1 : at;
    end = lineFeed + 1;
    return request[lineFeed] == '\n' && endsWithVersion(at) ? State.WHOLE : State.NONE;
  }

  boolean isConnect() {
    return connect;
  }

  /** Where the line after this one starts. */
  int end() {
    return end;
  }

  int targetStart() {
    return targetStart;
  }

  int targetEnd() {
    return targetEnd;
  }

  /**
   * Where the authority of an absolute URI starts (RFC 3986, section 3), its userinfo skipped, or
   * -1 when the target is no absolute URI. The target of CONNECT is an authority and nothing else.
   */
  int authorityStart() {
    int start = connect ? targetStart : afterScheme();
    if (start < 0) {
      return -1;
    }
    for (int at = authorityEnd(start) - 1; at >= start; at--) {
      if (buffer[at] == '@') {
        return at + 1;
      }
    }
    return start;
  }

  int authorityEnd(int start) {
    int at = start;
    while (at < targetEnd && buffer[at] != '/' && buffer[at] != '?' && buffer[at] != '#') {
      at++;
    }
    return at;
  }

  private int afterScheme() {
    int at = targetStart;
    while (at < targetEnd && isSchemeCharacter(buffer[at])) {
      at++;
    }
    boolean absolute =
        at > targetStart
            && at + 3 <= targetEnd
            && buffer[at] == ':'
            && buffer[at + 1] == '/'
            && buffer[at + 2] == '/';
    return absolute ? at + 3 : -1;
  }

  private boolean endsWithVersion(int lineEnd) {
    int digit = lineEnd - 1;
    targetEnd = digit - VERSION.length;
    return targetEnd >= targetStart
        && buffer[digit] >= '0'
        && buffer[digit] <= '9'
        && Arrays.equals(VERSION, 0, VERSION.length, buffer, targetEnd, digit);
  }

  /**
   * Control bytes, line ends included, are not; bytes above 127 are, since many clients do not
   * escape them.
   */
  private static boolean isText(byte value) {
    return (value >= ' ' && value != 0x7f) || value < 0 || value == '\t';
  }

  private static boolean isSchemeCharacter(byte value) {
    return (value >= 'a' && value <= 'z')
        || (value >= 'A' && value <= 'Z')
        || (value >= '0' && value <= '9')
        || value == '+'
        || value == '-'
        || value == '.';
  }
}
