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

  private final NameTable names;
  private final ClientHello hello;
  private final ServerCertificate certificate;
  private final StartTls startTls = new StartTls();
  private final HttpRequest request;
  private final SocksRequest socks;
  private @Nullable String host;
  private int rest;

  /** What the start of a stream turned out to be. */
  public enum Verdict {
    /** A ClientHello; {@link #host()} is its server name, or null. */
    TLS,
    /** A TLS server's certificate; {@link #certificate()} has its names. */
    CERTIFICATE,
    /** A TLS server that shows no certificate with a host name, and never will. */
    NO_CERTIFICATE,
    /** An HTTP/1 request, which begins at {@link #rest()}; it can be followed. */
    HTTP,
    /** Requests of clear HTTP/2; {@link #host()} is the first one's host, or null. */
    HTTP2,
    /** A proxy is asked for {@link #host()}, or for an address; see {@link #rest()}. */
    PROXY,
    /** More bytes are needed. */
    INCOMPLETE,
    /** Nothing that names a site. */
    NOTHING
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
   * After {@code PROXY}: where the bytes behind the request start; they are a start of their own.
   * After {@code HTTP}: where the request starts, behind the header of a proxy.
   */
  public int rest() {
    return rest;
  }

  /** Reads {@code buffer[offset, limit)}, which is all that is there of a stream's start. */
  public Verdict read(byte[] buffer, int offset, int limit) {
    host = null;
    rest = limit;
    int start = ProxyHeader.end(buffer, offset, limit);
    if (start == ProxyHeader.INCOMPLETE || start >= limit) {
      return Verdict.INCOMPLETE;
    }
    int at = start == ProxyHeader.NONE ? offset : start;
    return switch (buffer[at]) {
      case 4, 5 -> readSocks(buffer, at, limit);
      default -> readStream(buffer, at, limit);
    };
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
    if (limit - at > HTTP2_PREFACE && Http2Requests.looksLikePreface(buffer, at, limit)) {
      return readHttp2(buffer, at, limit);
    }
    Verdict verdict = readRequest(buffer, at, limit);
    return verdict == Verdict.NOTHING ? readTalk(buffer, at, limit) : verdict;
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
          host = request.connectHost();
          yield Verdict.PROXY;
        }
        host = request.host();
        rest = at;
        yield Verdict.HTTP;
      }
      case INCOMPLETE -> Verdict.INCOMPLETE;
      case NOT_HTTP, MALFORMED -> Verdict.NOTHING;
    };
  }

  /** The first request names the connection; requests of one connection cannot be told apart. */
  private Verdict readHttp2(byte[] buffer, int at, int limit) {
    boolean[] seen = new boolean[1];
    RequestEvents first =
        (number, offset, name, asked) -> {
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

  /** Talk that asks for TLS is waited for only when the ClientHello is in sight. */
  private Verdict readTalk(byte[] buffer, int at, int limit) {
    return startTls.read(buffer, at, limit) == StartTls.Verdict.HELLO
        ? readHello(buffer, startTls.helloOffset(), limit)
        : Verdict.NOTHING;
  }
}
