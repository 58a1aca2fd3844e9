package imon.tls;

import imon.wire.ReassemblyBuffer;

/**
 * The fragments of one DTLS handshake message, in any order, twice or overlapping (RFC 6347,
 * section 4.2.3). One object serves one direction of one flow and one type of message, from the
 * first datagram that was {@code INCOMPLETE} until its reader says something else.
 */
public final class DtlsFragments {
  private static final int NO_MESSAGE = -1;

  /** More than readers take for a message, {@link DtlsHello#MAX_MESSAGE_BYTES} for one. */
  private static final int LIMIT = 128 * 1024;

  /** Fragments that wait for one before them. */
  private static final int MOST_WAITING = 1024;

  /** The message as TLS would send it: four bytes of header, then the body. */
  private final ReassemblyBuffer message = new ReassemblyBuffer(LIMIT, MOST_WAITING);

  private final byte[] header = new byte[HelloMessage.HEADER_BYTES];
  private int messageSequence = NO_MESSAGE;
  private int bodyBytes;

  void clear() {
    messageSequence = NO_MESSAGE;
  }

  /**
   * Adds a fragment with a sound header, as far as it is there. A later message takes the place of
   * the one before: a client says hello again when it has been asked for a cookie.
   */
  void add(byte[] buffer, int fragment, int limit) {
    int body = fragment + DtlsRecord.FRAGMENT_HEADER_BYTES;
    int length = Math.min(DtlsRecord.length(buffer, fragment), limit - body);
    int sequence = DtlsRecord.messageSequence(buffer, fragment);
    int announced = DtlsRecord.messageLength(buffer, fragment);
    if (sequence < messageSequence || (sequence == messageSequence && announced != bodyBytes)) {
      return;
    }
    if (sequence > messageSequence) {
      begin(buffer[fragment], sequence, announced);
    }
    int at = HelloMessage.HEADER_BYTES + DtlsRecord.offset(buffer, fragment);
    message.add(at, buffer, body, length);
  }

  private void begin(byte type, int sequence, int announced) {
    messageSequence = sequence;
    bodyBytes = announced;
    message.clear();
    header[0] = type;
    header[1] = (byte) (announced >> 16);
    header[2] = (byte) (announced >> 8);
    header[3] = (byte) announced;
    message.add(0, header, 0, header.length);
  }

  boolean isEmpty() {
    return messageSequence == NO_MESSAGE;
  }

  /** Until the next fragment is added. */
  byte[] message() {
    return message.bytes();
  }

  /** How many bytes of {@link #message()} are there without a gap; unless it is empty. */
  int contiguous() {
    return message.contiguous();
  }
}
