package imon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import imon.name.NameTable;
import org.jspecify.annotations.Nullable;

/**
 * Reads the request at the start of what may be a clear HTTP/1 stream, as far as its host. An
 * absolute URI in the request line wins over the Host field (RFC 9112, section 3.2.2); of several
 * Host fields the first counts. Bare line feeds, folded lines and one empty line before the request
 * are tolerated.
 *
 * <p>Nothing is kept between calls except the result of the last one: with more bytes of the
 * stream, call again with all of them.
 */
public final class HttpRequest {
  /** A header that has not come to its host within so many bytes is {@code MALFORMED}. */
  public static final int MAX_HEADER_BYTES = 64 * 1024;

  /** What the bytes turned out to be. */
  public enum Verdict {
    /** They do not start with an HTTP/1 request line. More bytes will not change that. */
    NOT_HTTP,
    /** So far a request, and what could name it is not there yet. */
    INCOMPLETE,
    /** The host is known. */
    NAMED,
    /**
     * A request that names no host: none given, an address literal, or CONNECT. More bytes will not
     * change that.
     */
    NAMELESS,
    /**
     * Starts with a request line and then breaks the format, or is too long. More bytes will not
     * change that.
     */
    MALFORMED
  }

  private static final byte[] HOST = "host".getBytes(US_ASCII);
  private static final int ABSENT = -1;

  private final NameTable names;
  private final RequestLine line = new RequestLine();
  private @Nullable String host;
  private @Nullable String connectHost;
  private boolean connect;
  private boolean absolute;
  private boolean addressed;

  /** Hosts come from {@code table}, which may serve other readers of the same thread. */
  public HttpRequest(NameTable table) {
    names = table;
  }

  /**
   * Reads what is there of a stream's start. With an absolute URI the verdict falls at the end of
   * the request line, else at the first byte after the Host line: one byte is needed there to know
   * that the value goes no further.
   */
  public Verdict read(byte[] buffer, int offset, int limit) {
    clear();
    int end = Math.min(limit, offset + MAX_HEADER_BYTES);
    Verdict verdict = readRequest(buffer, afterEmptyLine(buffer, offset, end), end);
    boolean tooLong = verdict == Verdict.INCOMPLETE && limit - offset >= MAX_HEADER_BYTES;
    return tooLong ? Verdict.MALFORMED : verdict;
  }

  /** Whether a request begins here, however much of it is there. */
  public boolean begins(byte[] buffer, int offset, int limit) {
    Verdict verdict = read(buffer, offset, limit);
    return verdict != Verdict.NOT_HTTP && verdict != Verdict.MALFORMED;
  }

  /** The host when the verdict is {@code NAMED}, else null. */
  public @Nullable String host() {
    return host;
  }

  /**
   * Whether the request asks a proxy for a tunnel; known when the request line is whole. The
   * verdict is then {@code NAMELESS}.
   */
  public boolean isConnect() {
    return connect;
  }

  /**
   * Whether the target is an absolute URI with a host, as in a request to a proxy. A server must
   * take that form for a host of its own, too (RFC 9112, section 3.2.2), but clients hardly send it
   * one. An address says nothing: devices ask each other for such URIs without a proxy.
   */
  public boolean isAbsolute() {
    return absolute;
  }

  /** Whether it says whom it is for: a name, or what is none, such as an address. */
  public boolean isAddressed() {
    return addressed;
  }

  /** The host a CONNECT asks for; null for other requests, and when it is an address literal. */
  public @Nullable String connectHost() {
    return connectHost;
  }

  private void clear() {
    host = null;
    connectHost = null;
    connect = false;
    absolute = false;
    addressed = false;
  }

  private Verdict readRequest(byte[] buffer, int offset, int limit) {
    return switch (line.read(buffer, offset, limit)) {
      case NONE -> Verdict.NOT_HTTP;
      case CUT -> Verdict.INCOMPLETE;
      case WHOLE -> readTarget(buffer, limit);
    };
  }

  private Verdict readTarget(byte[] buffer, int limit) {
    int authority = line.authorityStart();
    if (authority < 0) {
      return readFields(buffer, line.end(), limit);
    }
    String name = names.host(buffer, authority, line.authorityEnd(authority));
    connect = line.isConnect();
    addressed = true;
    if (connect) {
      connectHost = name;
      return Verdict.NAMELESS;
    }
    absolute = name != null;
    return decide(name);
  }

  private Verdict readFields(byte[] buffer, int first, int limit) {
    int at = first;
    while (true) {
      int lineFeed = find(buffer, '\n', at, limit);
      if (lineFeed == ABSENT) {
        return Verdict.INCOMPLETE;
      }
      int end = withoutReturn(buffer, at, lineFeed);
      if (end == at) {
        return Verdict.NAMELESS;
      }
      if (isHostField(buffer, at, end)) {
        return readHost(buffer, at + HOST.length + 1, lineFeed, limit);
      }
      if (!isBlank(buffer[at]) && find(buffer, ':', at, end) == ABSENT) {
        return Verdict.MALFORMED;
      }
      at = lineFeed + 1;
    }
  }

  private Verdict readHost(byte[] buffer, int valueStart, int firstLineFeed, int limit) {
    int lineFeed = firstLineFeed;
    while (lineFeed + 1 < limit && isBlank(buffer[lineFeed + 1])) {
      lineFeed = find(buffer, '\n', lineFeed + 1, limit);
      if (lineFeed == ABSENT) {
        return Verdict.INCOMPLETE;
      }
    }
    if (lineFeed + 1 >= limit) {
      return Verdict.INCOMPLETE;
    }
    int start = valueStart;
    int end = lineFeed;
    while (start < end && isSpace(buffer[start])) {
      start++;
    }
    while (end > start && isSpace(buffer[end - 1])) {
      end--;
    }
    addressed = start < end;
    return decide(names.host(buffer, start, end));
  }

  private Verdict decide(@Nullable String name) {
    host = name;
    return name == null ? Verdict.NAMELESS : Verdict.NAMED;
  }

  private static boolean isHostField(byte[] buffer, int at, int end) {
    if (end - at <= HOST.length || buffer[at + HOST.length] != ':') {
      return false;
    }
    for (int i = 0; i < HOST.length; i++) {
      // Setting bit 5 makes a letter small and makes a letter of nothing else.
      if ((buffer[at + i] | 0x20) != HOST[i]) {
        return false;
      }
    }
    return true;
  }

  /** RFC 9112, section 2.2: a line end left over from the body before. */
  private static int afterEmptyLine(byte[] buffer, int offset, int limit) {
    int at = offset < limit && buffer[offset] == '\r' ? offset + 1 : offset;
    return at < limit && buffer[at] == '\n' ? at + 1 : at;
  }

  private static int withoutReturn(byte[] buffer, int at, int lineFeed) {
    return lineFeed > at && buffer[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
  }

  private static int find(byte[] buffer, char wanted, int from, int limit) {
    for (int at = from; at < limit; at++) {
      if (buffer[at] == wanted) {
        return at;
      }
    }
    return ABSENT;
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t';
  }

  private static boolean isSpace(byte value) {
    return isBlank(value) || value == '\r' || value == '\n';
  }
}
