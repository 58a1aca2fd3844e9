package imon.flow.stream;

import imon.http.Http2Requests;
import imon.http.HttpRequest;
import imon.http.ProxyHeader;
import imon.http.RequestEvents;
import imon.http.SocksRequest;
import imon.name.NameTable;
import imon.tls.ClientHello;
import imon.tls.ServerCertificate;
import imon.tls.StartTls;
import org.jspecify.annotations.Nullable;

/** Asks every protocol that names things at the start of a stream what the bytes are. */
public final class StreamProbe {
  /** Bytes of a preface that no other protocol begins with. */
  private static final int HTTP2_PREFACE = 14;

  /** "PRI", which is no method of HTTP/1. */
  private static final int HTTP2_METHOD = 3;

  /** "GET " or more. */
  private static final int METHOD = 4;

  private static final int NO_END = -1;

  private final NameTable names;
  private final ClientHello hello;
  private final ServerCertificate certificate;
  private final StartTls startTls = new StartTls();
  private final HttpRequest request;
  private final SocksRequest socks;
  private @Nullable String host;
  private int rest;
  private boolean cut;
  private boolean clear;

  /** What the start of a stream turned out to be. */
  public enum Verdict {
    /** A ClientHello; {@link #host()} is its server name, or null. */
    TLS,
    /** A TLS server's certificate; {@link #certificate()} has its names. */
    CERTIFICATE,
    /** A TLS server that shows no certificate with a host name, and never will. */
    NO_CERTIFICATE,
    /**
     * An HTTP/1 request, which begins at {@link #rest()}; it can be followed. So can a CONNECT of
     * which, or behind which, more is to come: the proxy may refuse it, and be asked for something
     * else.
     */
    HTTP,
    /** Requests of clear HTTP/2; {@link #host()} is the first one's host, or null. */
    HTTP2,
    /** A proxy is asked for {@link #host()}, or for an address; see {@link #rest()}. */
    PROXY,
    /** TLS is asked for in other talk, which ends at {@link #rest()}. */
    TLS_ASKED,
    /** More bytes are needed. */
    INCOMPLETE,
    /** Nothing that names a site. */
    NOTHING;

    /** Whether another start follows right behind, at {@link #rest()}. */
    public boolean goesOn() {
      return this == PROXY || this == TLS_ASKED;
    }
  }

  public StreamProbe(NameTable names) {
    this.names = names;
    hello = new ClientHello(names);
    certificate = new ServerCertificate(names);
    request = new HttpRequest(names);
    socks = new SocksRequest(names);
  }

  /** What the verdict says of it; null for no name. */
  public @Nullable String host() {
    return host;
  }

  public ServerCertificate certificate() {
    return certificate;
  }

  /**
   * Where a verdict {@link Verdict#goesOn}: where the bytes behind start, a start of their own.
   * After {@code HTTP}: where the request starts, behind the header of a proxy.
   */
  public int rest() {
    return rest;
  }

  /**
   * Whether what begins here is TLS or HTTP and no DNS, whose messages have their length in front
   * (RFC 1035, section 4.2.2): the beginning of a request would be one of more than 16,000 bytes.
   */
  public static boolean isNoDns(byte[] buffer, int offset, int limit) {
    return ClientHello.looksLikeClientHello(buffer, offset, limit)
        || ServerCertificate.looksLikeServerHello(buffer, offset, limit)
        || isMethod(buffer, offset, limit);
  }

  /** Whether a request of HTTP/1 begins here, however much of it is there. */
  public boolean isRequest(byte[] buffer, int offset, int limit) {
    return isMethod(buffer, offset, limit) && request.begins(buffer, offset, limit);
  }

  private static boolean isMethod(byte[] buffer, int offset, int limit) {
    for (int at = offset; at < offset + METHOD; at++) {
      if (at >= limit || (buffer[at] != ' ' && (buffer[at] < 'A' || buffer[at] > 'Z'))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads {@code buffer[offset, limit)}, which is all that is there of a start.
   *
   * @param newCut whether bytes behind it were not captured
   * @param newClear whether clear HTTP or SOCKS may begin here; if not, what looks like it is only
   *     carried by another protocol, as text in a mail is
   */
  public Verdict read(byte[] buffer, int offset, int limit, boolean newCut, boolean newClear) {
    host = null;
    cut = newCut;
    clear = newClear;
    rest = limit;
    int at = behindProxyHeader(buffer, offset, limit);
    if (at >= limit) {
      return Verdict.INCOMPLETE;
    }
    return switch (buffer[at]) {
      case 4, 5 -> clear ? readSocks(buffer, at, limit) : Verdict.NOTHING;
      default -> readStream(buffer, at, limit);
    };
  }

  /** Without such a header there may be the end of a line that was sent by itself. */
  private static int behindProxyHeader(byte[] buffer, int offset, int limit) {
    int end = ProxyHeader.end(buffer, offset, limit);
    return switch (end) {
      case ProxyHeader.INCOMPLETE -> limit;
      case ProxyHeader.NONE -> behindLineEnds(buffer, offset, limit);
      default -> end;
    };
  }

  private static int behindLineEnds(byte[] buffer, int offset, int limit) {
    int at = offset;
    while (at < limit && (buffer[at] == '\r' || buffer[at] == '\n')) {
      at++;
    }
    return at;
  }

  private Verdict readStream(byte[] buffer, int at, int limit) {
    if (ClientHello.looksLikeClientHello(buffer, at, limit)) {
      Verdict verdict = readHello(buffer, at, limit);
      if (verdict != Verdict.NOTHING) {
        return verdict;
      }
    }
    if (ServerCertificate.looksLikeServerHello(buffer, at, limit)) {
      return readCertificate(buffer, at, limit);
    }
    Verdict verdict = clear ? readHttp(buffer, at, limit) : Verdict.NOTHING;
    return verdict == Verdict.NOTHING ? readTalk(buffer, at, limit) : verdict;
  }

  private Verdict readHttp(byte[] buffer, int at, int limit) {
    if (limit - at >= HTTP2_METHOD && Http2Requests.looksLikePreface(buffer, at, limit)) {
      return limit - at > HTTP2_PREFACE ? readHttp2(buffer, at, limit) : Verdict.INCOMPLETE;
    }
    return readRequest(buffer, at, limit);
  }

  private Verdict readHello(byte[] buffer, int at, int limit) {
    return switch (hello.read(buffer, at, limit)) {
      case NAMED, NAMELESS -> {
        host = hello.serverName();
        yield Verdict.TLS;
      }
      case INCOMPLETE -> Verdict.INCOMPLETE;
      case NOT_TLS, MALFORMED -> Verdict.NOTHING;
    };
  }

  private Verdict readCertificate(byte[] buffer, int at, int limit) {
    return switch (certificate.read(buffer, at, limit)) {
      case NAMED -> Verdict.CERTIFICATE;
      case INCOMPLETE -> Verdict.INCOMPLETE;
      case NAMELESS -> Verdict.NO_CERTIFICATE;
      case NOT_TLS, MALFORMED -> Verdict.NOTHING;
    };
  }

  private Verdict readRequest(byte[] buffer, int at, int limit) {
    return switch (request.read(buffer, at, limit)) {
      case NAMED, NAMELESS -> {
        if (request.isConnect()) {
          yield readConnect(buffer, at, limit);
        }
        host = request.host();
        rest = at;
        yield Verdict.HTTP;
      }
      case INCOMPLETE -> Verdict.INCOMPLETE;
      case NOT_HTTP, MALFORMED -> Verdict.NOTHING;
    };
  }

  private Verdict readConnect(byte[] buffer, int at, int limit) {
    host = request.connectHost();
    int end = endOfHead(buffer, at, limit);
    if (end == limit || (end == NO_END && !cut)) {
      rest = at;
      return Verdict.HTTP;
    }
    rest = end == NO_END ? limit : end;
    return Verdict.PROXY;
  }

  /** Behind the empty line, if there is one. */
  private static int endOfHead(byte[] buffer, int at, int limit) {
    int lineStart = at;
    for (int i = at; i < limit; i++) {
      if (buffer[i] == '\n') {
        if (i == lineStart || (i == lineStart + 1 && buffer[lineStart] == '\r')) {
          return i + 1;
        }
        lineStart = i + 1;
      }
    }
    return NO_END;
  }

  /** The first request names the connection; requests of one connection cannot be told apart. */
  private Verdict readHttp2(byte[] buffer, int at, int limit) {
    boolean[] seen = new boolean[1];
    RequestEvents first =
        (number, offset, name, addressed, asked) -> {
          if (!seen[0]) {
            seen[0] = true;
            host = name;
          }
        };
    new Http2Requests(names).feed(buffer, at, limit, first);
    return seen[0] ? Verdict.HTTP2 : Verdict.INCOMPLETE;
  }

  private Verdict readSocks(byte[] buffer, int at, int limit) {
    return switch (socks.read(buffer, at, limit)) {
      case NAMED, NAMELESS -> {
        host = socks.host();
        rest = socks.end();
        yield Verdict.PROXY;
      }
      case INCOMPLETE -> Verdict.INCOMPLETE;
      case NOT_SOCKS -> Verdict.NOTHING;
    };
  }

  /** Talk is not kept; once it has asked for TLS, the start behind it is waited for. */
  private Verdict readTalk(byte[] buffer, int at, int limit) {
    return switch (startTls.read(buffer, at, limit)) {
      case HELLO -> readHello(buffer, startTls.helloOffset(), limit);
      case ASKED -> Verdict.TLS_ASKED;
      case INCOMPLETE, NOT_STARTTLS -> Verdict.NOTHING;
    };
  }
}
