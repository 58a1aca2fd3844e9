package imon.tls;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The fragments of one DTLS handshake message, in any order, twice or overlapping (RFC 6347,
 * section 4.2.3). One object serves one direction of one flow and one type of message, from the
 * first datagram that was {@code INCOMPLETE} until its reader says something else; it grows up to
 * what that takes for a message, {@link DtlsHello#MAX_MESSAGE_BYTES} for one, and an eighth of
 * that.
 */
public final class DtlsFragments {
  private static final int NO_MESSAGE = -1;

  /** The message as TLS would send it: four bytes of header, then the body. */
  private byte[] message = new byte[HelloMessage.HEADER_BYTES];

  private final BitSet present = new BitSet();
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
    int at = DtlsRecord.offset(buffer, fragment);
    int sequence = DtlsRecord.messageSequence(buffer, fragment);
    int announced = DtlsRecord.messageLength(buffer, fragment);
    if (sequence < messageSequence || (sequence == messageSequence && announced != bodyBytes)) {
      return;
    }
    if (sequence > messageSequence) {
      begin(buffer[fragment], sequence, announced);
    }
    int start = HelloMessage.HEADER_BYTES + at;
    if (start + length > message.length) {
      int room = Math.min(HelloMessage.HEADER_BYTES + bodyBytes, 2 * (start + length));
      message = Arrays.copyOf(message, room);
    }
    System.arraycopy(buffer, body, message, start, length);
    present.set(at, at + length);
  }

  private void begin(byte type, int sequence, int announced) {
    messageSequence = sequence;
    bodyBytes = announced;
    present.clear();
    message[0] = type;
    message[1] = (byte) (announced >> 16);
    message[2] = (byte) (announced >> 8);
    message[3] = (byte) announced;
  }

  boolean isEmpty() {
    return messageSequence == NO_MESSAGE;
  }

  byte[] message() {
    return message;
  }

  /** How many bytes of {@link #message()} are there without a gap; none of an empty one. */
  int contiguous() {
    return HelloMessage.HEADER_BYTES + present.nextClearBit(0);
  }
}
