package imon.quic;

import imon.wire.Bytes;

/**
 * The long header of a packet, up to the protected packet number (RFC 9000, section 17.2).
 *
 * <pre>
 *  |1|F|TT|....| version(4) | length(1) destination id<0..20> | length(1) source id<0..20>
 *  Initial:           | token length(i) token | length(i) | packet number and payload
 *  0-RTT, Handshake:                          | length(i) | packet number and payload
 * </pre>
 *
 * <p>The fixed bit F is not looked at: clients that were told so may clear it (RFC 9287).
 */
final class LongHeader {
  /** Numbered as in version 1. */
  enum Type {
    INITIAL,
    ZERO_RTT,
    HANDSHAKE,
    RETRY
  }

  static final int MAX_ID_BYTES = 20;

  private static final int VERSION = 1;
  private static final int DESTINATION_LENGTH = 5;
  private static final int LARGEST_DATAGRAM = 1 << 16;
  private static final Type[] TYPES = Type.values();

  private int start;
  private int version;
  private Type type = Type.RETRY;
  private int destinationId;
  private int destinationIdEnd;
  private int sourceId;
  private int sourceIdEnd;
  private int packetNumber;
  private int end;

  /**
   * Whether a client's first datagram may begin so: an Initial or 0-RTT packet of a known version.
   */
  static boolean mayOpenConnection(byte[] buffer, int offset, int limit) {
    if (limit - offset <= DESTINATION_LENGTH
        || buffer[offset] >= 0
        || Bytes.u8(buffer, offset + DESTINATION_LENGTH) > MAX_ID_BYTES) {
      return false;
    }
    int version = Bytes.i32(buffer, offset + VERSION);
    if (!InitialSalt.isKnown(version)) {
      return false;
    }
    Type type = type(buffer[offset], version);
    return type == Type.INITIAL || type == Type.ZERO_RTT;
  }

  /**
   * False when these bytes are no sound header of a known version, or one of a packet that has no
   * packet number (Retry), after which nothing can follow.
   */
  boolean wrap(byte[] buffer, int offset, int limit) {
    if (limit - offset <= DESTINATION_LENGTH || buffer[offset] >= 0) {
      return false;
    }
    start = offset;
    version = Bytes.i32(buffer, offset + VERSION);
    type = type(buffer[offset], version);
    return type != Type.RETRY
        && InitialSalt.isKnown(version)
        && wrapIds(buffer, limit)
        && wrapLength(buffer, limit);
  }

  private static Type type(byte first, int version) {
    int number = (first >> 4) & 3;
    return TYPES[InitialSalt.numbersTypesAsVersion2(version) ? (number + 3) & 3 : number];
  }

  private boolean wrapIds(byte[] buffer, int limit) {
    destinationId = start + DESTINATION_LENGTH + 1;
    destinationIdEnd = destinationId + Bytes.u8(buffer, destinationId - 1);
    if (destinationIdEnd - destinationId > MAX_ID_BYTES || destinationIdEnd >= limit) {
      return false;
    }
    sourceId = destinationIdEnd + 1;
    sourceIdEnd = sourceId + Bytes.u8(buffer, sourceId - 1);
    return sourceIdEnd - sourceId <= MAX_ID_BYTES && sourceIdEnd < limit;
  }

  private boolean wrapLength(byte[] buffer, int limit) {
    int at = sourceIdEnd;
    if (type == Type.INITIAL) {
      long token = VariableInteger.read(buffer, at, limit);
      if (token == VariableInteger.CUT || token > limit - at) {
        return false;
      }
      at += VariableInteger.length(buffer, at) + (int) token;
    }
    long length = VariableInteger.read(buffer, at, limit);
    if (length == VariableInteger.CUT || length > LARGEST_DATAGRAM) {
      return false;
    }
    packetNumber = at + VariableInteger.length(buffer, at);
    end = packetNumber + (int) length;
    return true;
  }

  /** Where the packet starts. */
  int start() {
    return start;
  }

  int version() {
    return version;
  }

  Type type() {
    return type;
  }

  int destinationId() {
    return destinationId;
  }

  int destinationIdEnd() {
    return destinationIdEnd;
  }

  int sourceId() {
    return sourceId;
  }

  int sourceIdEnd() {
    return sourceIdEnd;
  }

  /** Where the protected packet number starts. */
  int packetNumber() {
    return packetNumber;
  }

  /** Where the packet ends by its own length, which may be after the captured bytes. */
  int end() {
    return end;
  }
}
