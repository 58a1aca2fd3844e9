package imon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import imon.http.MessageEvents.End;
import java.util.Arrays;

/**
 * Follows a clear HTTP/1 connection in both directions and tells where each message begins (RFC
 * 9112, section 6; RFC 9110, section 6.4.1). One object serves one connection; each direction is
 * fed from the first byte of a message on, in order and without gaps, in pieces of any size. Keeps
 * nothing but a header that is cut.
 *
 * <p>A request is told as soon as its host is known, a response with its first byte. A response is
 * fed after the request it answers ({@link #awaitsRequest}): the other way round the borders are
 * lost.
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

  /** The request at hand was told. */
  private boolean requestTold;

  private boolean connecting;

  /** The client waits to be told to send the body that its last request announced. */
  private boolean bodyWithheld;

  /** A response to the next request to be answered was told, maybe an interim one. */
  private boolean responseTold;

  private boolean ended;

  /** The reader may serve other connections of the same thread. */
  public HttpMessages(HttpRequest reader) {
    request = reader;
  }

  /**
   * The next bytes of the client's direction. Says how far they were read: less than {@code limit}
   * only when HTTP has ended there.
   */
  public int fromClient(byte[] buffer, int offset, int limit, MessageEvents events) {
    int at = offset;
    while (at < limit && !ended) {
      if (connecting && requests.isBetweenMessages()) {
        end(End.TUNNEL, events);
        return at;
      }
      if (bodyWithheld) {
        beginOrSkipBody(buffer, at, limit);
      }
      at = requests.read(buffer, at, limit);
      if (requests.isBroken()) {
        end(End.LOST, events);
      } else if (requests.hasHeader() || requests.isInHeader()) {
        takeRequest(events);
      }
    }
    requests.releaseHeader();
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
      } else if (responses.hasHeader() || responses.isInHeader()) {
        takeResponse(events);
      }
    }
    responses.releaseHeader();
    return at;
  }

  /**
   * The next {@code count} bytes of a direction were not captured. Inside a body that is no harm;
   * elsewhere they may hold a border, and the answer is false and nothing is done.
   */
  public boolean missing(boolean fromClient, long count) {
    // Instead of a body that was not asked for there may have been another request.
    if (ended || (fromClient && bodyWithheld && open.isEmpty())) {
      return false;
    }
    bodyWithheld &= !fromClient;
    return (fromClient ? requests : responses).skipUnseen(count);
  }

  /** Whether the server's next byte begins the response to a request that was not told yet. */
  public boolean awaitsRequest() {
    return open.isEmpty() && responses.isBetweenMessages();
  }

  /** Whether a header has begun and not ended, so that its bytes are kept. */
  public boolean isInHeader() {
    return requests.isInHeader() || responses.isInHeader();
  }

  /** Whether the last request was a CONNECT that has no answer so far. */
  public boolean isConnecting() {
    return connecting;
  }

  /** Whether {@link MessageEvents#end} was told. */
  public boolean isEnded() {
    return ended;
  }

  private void end(End why, MessageEvents events) {
    ended = true;
    events.end(why);
  }

  /** A request's header is there, or the start of one. */
  private void takeRequest(MessageEvents events) {
    if (!requestTold) {
      tellRequest(events);
    }
    if (ended || !requests.hasHeader()) {
      return;
    }
    if (!requestTold) {
      end(End.LOST, events);
    } else {
      requestTold = false;
      fields.read(requests.header(), requests.headerStart(), requests.headerEnd());
      beginRequestBody(events);
    }
  }

  private void tellRequest(MessageEvents events) {
    byte[] header = requests.header();
    int start = requests.headerStart();
    switch (request.read(header, start, requests.headerEnd())) {
      case INCOMPLETE -> {}
      case NOT_HTTP, MALFORMED -> end(End.LOST, events);
      case NAMED, NAMELESS -> {
        if (open.isFull()) {
          end(End.LOST, events);
          return;
        }
        requestTold = true;
        connecting = request.isConnect();
        String host = connecting ? request.connectHost() : request.host();
        events.request(open.begun(), requests.headerOffset(), host, request.isAddressed(), asked());
        open.add(Arrays.equals(HEAD, 0, HEAD.length, header, start, start + HEAD.length));
      }
    }
  }

  /**
   * A client that has its answer before it was told to send the body may go on with another request
   * (RFC 9110, section 10.1.1).
   */
  private void beginOrSkipBody(byte[] buffer, int at, int limit) {
    bodyWithheld = false;
    if (open.isEmpty() && request.begins(buffer, at, limit)) {
      requests.body().beginNone();
    }
  }

  private RequestEvents.Asked asked() {
    if (connecting) {
      return RequestEvents.Asked.TUNNEL;
    }
    return request.isAbsolute() ? RequestEvents.Asked.PROXY : RequestEvents.Asked.SERVER;
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
    bodyWithheld = fields.isExpecting() && !requests.body().isOver();
  }

  /** A response's header is there, or the start of one. */
  private void takeResponse(MessageEvents events) {
    if (open.isEmpty() || !looksLikeResponse()) {
      end(End.LOST, events);
      return;
    }
    if (!responseTold) {
      responseTold = true;
      events.response(open.answered(), responses.headerOffset());
    }
    if (responses.hasHeader()) {
      takeStatus(status(), events);
    }
  }

  private void takeStatus(int status, MessageEvents events) {
    if (status == NO_STATUS) {
      end(End.LOST, events);
    } else if (status == 101) {
      end(End.UPGRADE, events);
    } else if (status >= 200) {
      takeFinalResponse(status, events);
    }
  }

  private void takeFinalResponse(int status, MessageEvents events) {
    boolean head = open.isHead();
    open.answer();
    responseTold = false;
    if (connecting && open.isEmpty()) {
      connecting = false;
      if (status < 300) {
        end(End.TUNNEL, events);
        return;
      }
    }
    if (head || status == 204 || status == 304) {
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

  /** Whether what is there of the header can begin a response. */
  private boolean looksLikeResponse() {
    byte[] header = responses.header();
    int start = responses.headerStart();
    int present = Math.min(VERSION.length, responses.headerEnd() - start);
    return Arrays.equals(VERSION, 0, present, header, start, start + present);
  }

  /** The three digits after version and space. */
  private int status() {
    byte[] header = responses.header();
    int at = responses.headerStart() + STATUS_AT;
    if (responses.headerEnd() - at < 3
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
