package imon.tls;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The fragments of one DTLS ClientHello, in any order, twice or overlapping (RFC 6347, section
 * 4.2.3). One object serves one direction of one flow, from the first datagram that was {@code
 * INCOMPLETE} until {@link DtlsHello} says something else; it grows up to {@link
 * DtlsHello#MAX_MESSAGE_BYTES} and an eighth of that.
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
   * Adds {@code length} bytes of body. A later message takes the place of the one before: a client
   * says hello again when it has been asked for a cookie.
   */
  void add(int sequence, int announced, int at, byte[] source, int offset, int length) {
    if (sequence < messageSequence || (sequence == messageSequence && announced != bodyBytes)) {
      return;
    }
    if (sequence > messageSequence) {
      begin(sequence, announced);
    }
    int start = HelloMessage.HEADER_BYTES + at;
    if (start + length > message.length) {
      int room = Math.min(HelloMessage.HEADER_BYTES + bodyBytes, 2 * (start + length));
      message = Arrays.copyOf(message, room);
    }
    System.arraycopy(source, offset, message, start, length);
    present.set(at, at + length);
  }

  private void begin(int sequence, int announced) {
    messageSequence = sequence;
    bodyBytes = announced;
    present.clear();
    message[0] = HelloMessage.CLIENT_HELLO;
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
