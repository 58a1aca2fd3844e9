package imon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import imon.http.MessageEvents.End;
import imon.http.OpenRequests.Kind;
import java.util.Arrays;

/**
 * Follows a clear HTTP/1 connection in both directions and tells where each message begins (RFC
 * 9112, section 6; RFC 9110, section 6.4.1). One object serves one connection; each direction is
 * fed from the first byte of a message on, in order and without gaps, in pieces of any size. Keeps
 * nothing but a header that is cut.
 *
 * <p>A response is fed after the request it answers: the other way round the borders are lost.
 */
public final class HttpMessages {
  private static final byte[] HEAD = "HEAD ".getBytes(US_ASCII);
  private static final byte[] VERSION = "HTTP/1.".getBytes(US_ASCII);
  private static final int STATUS_AT = VERSION.length + 2;
  private static final int NO_STATUS = -1;

  private final HttpRequest request;
  private final FramingFields fields = new FramingFields();
  private final MessageStream requests = new MessageStream();
  private final MessageStream responses = new MessageStream();
  private final OpenRequests open = new OpenRequests();

  /** The last request was a CONNECT, and the proxy has not refused it. */
  private boolean connecting;

  /** An interim response to the next request to be answered was told. */
  private boolean responding;

  private boolean ended;

  /** The reader may serve other connections of the same thread. */
  public HttpMessages(HttpRequest reader) {
    request = reader;
  }

  /**
   * Whether {@code buffer[offset, limit)} can be the start of a response. True for no bytes at all.
   */
  public static boolean looksLikeResponse(byte[] buffer, int offset, int limit) {
    int present = Math.min(VERSION.length, limit - offset);
    return present <= 0 || Arrays.equals(VERSION, 0, present, buffer, offset, offset + present);
  }

  /**
   * The next bytes of the client's direction. Says how far they were read: less than {@code limit}
   * only when HTTP has ended there.
   */
  public int fromClient(byte[] buffer, int offset, int limit, MessageEvents events) {
    int at = offset;
    while (at < limit && !ended) {
      if (connecting) {
        end(End.TUNNEL, events);
        return at;
      }
      at = requests.read(buffer, at, limit);
      if (requests.isBroken()) {
        end(End.LOST, events);
      } else if (requests.hasHeader()) {
        takeRequest(events);
      } else if (cannotBeRequest()) {
        end(End.LOST, events);
      }
    }
    return at;
  }

  /**
   * The next bytes of the server's direction. Says how far they were read: less than {@code limit}
   * only when HTTP has ended there.
   */
  public int fromServer(byte[] buffer, int offset, int limit, MessageEvents events) {
    int at = offset;
    while (at < limit && !ended) {
      at = responses.read(buffer, at, limit);
      if (responses.isBroken()) {
        end(End.LOST, events);
      } else if (responses.hasHeader()) {
        takeResponse(events);
      } else if (cannotBeResponse()) {
        end(End.LOST, events);
      }
    }
    return at;
  }

  /**
   * The next {@code count} bytes of a direction were not captured. Inside a body that is no harm;
   * elsewhere the borders are lost.
   */
  public void missing(boolean fromClient, long count, MessageEvents events) {
    MessageStream stream = fromClient ? requests : responses;
    if (!ended) {
      stream.skipUnseen(count);
      if (stream.isBroken()) {
        end(End.LOST, events);
      }
    }
  }

  /** Whether {@link MessageEvents#end} was told. */
  public boolean isEnded() {
    return ended;
  }

  private void end(End why, MessageEvents events) {
    ended = true;
    events.end(why);
  }

  private boolean cannotBeRequest() {
    return requests.isInHeader()
        && Methods.length(requests.header(), requests.headerStart(), requests.headerEnd())
            == Methods.NONE;
  }

  private boolean cannotBeResponse() {
    return responses.isInHeader()
        && !looksLikeResponse(responses.header(), responses.headerStart(), responses.headerEnd());
  }

  private void takeRequest(MessageEvents events) {
    byte[] header = requests.header();
    int start = requests.headerStart();
    int headerEnd = requests.headerEnd();
    HttpRequest.Verdict verdict = request.read(header, start, headerEnd);
    boolean sound = verdict == HttpRequest.Verdict.NAMED || verdict == HttpRequest.Verdict.NAMELESS;
    if (!sound || open.isFull()) {
      end(End.LOST, events);
      return;
    }
    connecting = request.isConnect();
    String host = connecting ? request.connectHost() : request.host();
    events.request(open.begun(), requests.headerOffset(), host, connecting);
    open.add(kind(header, start, headerEnd));
    fields.read(header, start, headerEnd);
    beginRequestBody(events);
  }

  private Kind kind(byte[] header, int start, int headerEnd) {
    int end = Math.min(headerEnd, start + HEAD.length);
    if (connecting) {
      return Kind.CONNECT;
    }
    return Arrays.equals(HEAD, 0, HEAD.length, header, start, end) ? Kind.HEAD : Kind.PLAIN;
  }

  private void beginRequestBody(MessageEvents events) {
    long length = fields.contentLength();
    boolean unbounded = fields.isEncoded() ? !fields.isChunked() : length == FramingFields.INVALID;
    if (unbounded) {
      end(End.LOST, events);
    } else if (fields.isEncoded()) {
      requests.body().beginChunked();
    } else {
      requests.body().beginLength(Math.max(length, 0));
    }
  }

  private void takeResponse(MessageEvents events) {
    int status = status();
    if (status == NO_STATUS || open.isEmpty()) {
      end(End.LOST, events);
      return;
    }
    if (!responding) {
      events.response(open.answered(), responses.headerOffset());
    }
    responding = status < 200;
    if (status == 101) {
      end(End.UPGRADE, events);
    } else if (!responding) {
      takeFinalResponse(status, events);
    }
  }

  private void takeFinalResponse(int status, MessageEvents events) {
    Kind kind = open.kind();
    open.answer();
    if (kind == Kind.CONNECT && status < 300) {
      end(End.TUNNEL, events);
      return;
    }
    connecting &= kind != Kind.CONNECT;
    if (kind == Kind.HEAD || status == 204 || status == 304) {
      responses.body().beginNone();
    } else {
      fields.read(responses.header(), responses.headerStart(), responses.headerEnd());
      beginResponseBody(events);
    }
  }

  private void beginResponseBody(MessageEvents events) {
    long length = fields.contentLength();
    if (fields.isChunked()) {
      responses.body().beginChunked();
    } else if (fields.isEncoded() || length == FramingFields.ABSENT) {
      responses.body().beginUntilClose();
    } else if (length == FramingFields.INVALID) {
      end(End.LOST, events);
    } else {
      responses.body().beginLength(length);
    }
  }

  /** The three digits after version and space. */
  private int status() {
    byte[] header = responses.header();
    int start = responses.headerStart();
    int end = responses.headerEnd();
    int at = start + STATUS_AT;
    if (end - at < 3
        || !looksLikeResponse(header, start, end)
        || header[at - 1] != ' '
        || !isDigit(header[at])
        || !isDigit(header[at + 1])
        || !isDigit(header[at + 2])) {
      return NO_STATUS;
    }
    int status = (header[at] - '0') * 100 + (header[at + 1] - '0') * 10 + header[at + 2] - '0';
    return status < 100 ? NO_STATUS : status;
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }
}
