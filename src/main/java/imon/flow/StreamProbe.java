package imon.flow;

import imon.http.HttpRequest;
import imon.name.NameTable;
import imon.tls.ClientHello;
import org.jspecify.annotations.Nullable;

/** Asks every protocol that names things at the start of a stream what the bytes are. */
final class StreamProbe {
  private final ClientHello hello;
  private final HttpRequest request;
  private @Nullable String host;

  /** What the start of a stream turned out to be. */
  enum Verdict {
    /** A ClientHello; {@link #host()} is its server name, or null. */
    TLS,
    /** An HTTP request; {@link #host()} is its host, or null. */
    HTTP,
    /** More bytes are needed. */
    INCOMPLETE,
    /** Nothing that names a site. */
    NOTHING
  }

  StreamProbe(NameTable names) {
    hello = new ClientHello(names);
    request = new HttpRequest(names);
  }

  @Nullable String host() {
    return host;
  }

  Verdict read(byte[] buffer, int offset, int limit) {
    host = null;
    Verdict verdict = readHello(buffer, offset, limit);
    return verdict == Verdict.NOTHING ? readRequest(buffer, offset, limit) : verdict;
  }

  private Verdict readHello(byte[] buffer, int offset, int limit) {
    if (!ClientHello.looksLikeClientHello(buffer, offset, limit)) {
      return Verdict.NOTHING;
    }
    return switch (hello.read(buffer, offset, limit)) {
      case NAMED, NAMELESS -> {
        host = hello.serverName();
        yield Verdict.TLS;
      }
      case INCOMPLETE -> Verdict.INCOMPLETE;
      case NOT_TLS, MALFORMED -> Verdict.NOTHING;
    };
  }

  private Verdict readRequest(byte[] buffer, int offset, int limit) {
    return switch (request.read(buffer, offset, limit)) {
      case NAMED, NAMELESS -> {
        host = request.host();
        yield Verdict.HTTP;
      }
      case INCOMPLETE -> Verdict.INCOMPLETE;
      case NOT_HTTP, MALFORMED -> Verdict.NOTHING;
    };
  }
}
