package imon.tls;

import imon.name.NameTable;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ClientHello at the start of what may be a TLS stream, in one record or over several
 * (RFC 8446, section 5.1), or an SSL 2 compatible one (RFC 5246, appendix E.2), which can bear no
 * name.
 *
 * <pre>
 *   0               1               2               3
 *  | type = 22     | version = 3,0..4              | length ...
 *                  | handshake type = 1            | message length (3) ...
 * </pre>
 *
 * <p>Nothing is kept between calls except the result of the last one: with more bytes of the
 * stream, call again with all of them.
 */
public final class ClientHello {
  /**
   * Longer messages are {@code MALFORMED}; real ones, with post-quantum key shares, stay below 4
   * KiB.
   */
  public static final int MAX_MESSAGE_BYTES = 64 * 1024;

  /** What the bytes turned out to be. */
  public enum Verdict {
    /** They do not start as a ClientHello does. More bytes will not change that. */
    NOT_TLS,
    /** So far a ClientHello, and what could name it is not there yet. */
    INCOMPLETE,
    /** The server name is known. */
    NAMED,
    /**
     * A ClientHello without a server name, or with one that is no host. More bytes will not change
     * that.
     */
    NAMELESS,
    /**
     * Starts as a ClientHello does and then breaks the format, or is too long. More bytes will not
     * change that.
     */
    MALFORMED
  }

  private static final int HANDSHAKE = 22;
  private static final int RECORD_HEADER_BYTES = 5;
  private static final int MAX_RECORD_BYTES = 1 << 14;
  private static final int SSL2_HEADER_BYTES = 11;
  private static final int UNKNOWN = -1;

  private final HelloMessage message;

  /** For messages over several records only, which are rare. */
  private byte[] scratch = new byte[0];

  private int assembled;
  private int recordCount;
  private int recordBytes;
  private boolean broken;
  private int bytesNeeded;

  /** Hosts come from {@code table}, which may serve other readers of the same thread. */
  public ClientHello(NameTable table) {
    message = new HelloMessage(table, false);
  }

  /**
   * Whether {@code buffer[offset, limit)} can be the start of a ClientHello: cheap, exact in what
   * it refuses, and content with what one byte says when there is only one. True for no bytes at
   * all.
   */
  public static boolean looksLikeClientHello(byte[] buffer, int offset, int limit) {
    int available = limit - offset;
    if (available <= 0) {
      return true;
    }
    if (buffer[offset] < 0) {
      return looksLikeSsl2(buffer, offset, available);
    }
    return buffer[offset] == HANDSHAKE
        && (available < 2 || buffer[offset + 1] == 3)
        && (available < 3 || (buffer[offset + 2] & 0xff) <= 4)
        && (available < RECORD_HEADER_BYTES || recordLength(buffer, offset, limit) != UNKNOWN)
        && (available <= RECORD_HEADER_BYTES
            || buffer[offset + RECORD_HEADER_BYTES] == HelloMessage.CLIENT_HELLO);
  }

  /**
   * Reads what is there of a stream's start. The verdict is {@code NAMED} as soon as the
   * server_name extension is all there, also when what follows it is missing (a short snap length)
   * or faulty: {@link #isWhole()} tells.
   */
  public Verdict read(byte[] buffer, int offset, int limit) {
    clear();
    if (!looksLikeClientHello(buffer, offset, limit)) {
      return Verdict.NOT_TLS;
    }
    if (limit > offset && buffer[offset] < 0) {
      return readSsl2(limit - offset);
    }
    if (limit - offset < RECORD_HEADER_BYTES + HelloMessage.HEADER_BYTES) {
      bytesNeeded = RECORD_HEADER_BYTES + HelloMessage.HEADER_BYTES;
      return Verdict.INCOMPLETE;
    }
    return readRecords(buffer, offset, limit);
  }

  /**
   * The same for a handshake message that stands in no record, as in QUIC's CRYPTO frames (RFC
   * 9001, section 4). {@code NOT_TLS} then means another message than a ClientHello.
   */
  public Verdict readMessage(byte[] buffer, int offset, int limit) {
    clear();
    Verdict verdict = message.read(buffer, offset, limit);
    if (verdict == Verdict.INCOMPLETE) {
      bytesNeeded =
          limit - offset < HelloMessage.HEADER_BYTES
              ? HelloMessage.HEADER_BYTES
              : HelloMessage.announcedBytes(buffer, offset);
    }
    return verdict;
  }

  /** The host of the server_name extension when the verdict is {@code NAMED}, else null. */
  public @Nullable String serverName() {
    return message.serverName();
  }

  /**
   * Whether an encrypted_client_hello extension (0xfe0d, RFC 9849) was seen; most are GREASE. A
   * false is final only when {@link #isWhole()} or the verdict is {@code NAMELESS}.
   */
  public boolean hasEncryptedClientHello() {
    return message.hasEncryptedClientHello();
  }

  /** Whether all of the message was there. */
  public boolean isWhole() {
    return message.isWhole();
  }

  /**
   * After {@code INCOMPLETE}: how many bytes from the offset there must be, at least, for the
   * message to be whole; 0 after any other verdict.
   */
  public int bytesNeeded() {
    return bytesNeeded;
  }

  private void clear() {
    message.clear();
    assembled = 0;
    recordCount = 0;
    recordBytes = 0;
    broken = false;
    bytesNeeded = 0;
  }

  private Verdict readRecords(byte[] buffer, int offset, int limit) {
    int start = offset + RECORD_HEADER_BYTES;
    int length = recordLength(buffer, offset, limit);
    Verdict verdict;
    if (length >= HelloMessage.HEADER_BYTES
        && (length >= HelloMessage.announcedBytes(buffer, start) || limit <= start + length)) {
      recordCount = 1;
      recordBytes = length;
      verdict = message.read(buffer, start, Math.min(limit, start + length));
      bytesNeeded =
          verdict == Verdict.INCOMPLETE ? needed(HelloMessage.announcedBytes(buffer, start)) : 0;
    } else {
      assemble(buffer, offset, limit);
      verdict = message.read(scratch, 0, assembled);
      verdict = verdict == Verdict.INCOMPLETE && broken ? Verdict.MALFORMED : verdict;
      bytesNeeded = verdict == Verdict.INCOMPLETE ? needed(assembledTarget()) : 0;
    }
    return verdict;
  }

  /**
   * Puts the contents of the records one after the other until the message is whole, the bytes end,
   * or something else than a handshake record stands there.
   */
  private void assemble(byte[] buffer, int offset, int limit) {
    if (scratch.length == 0) {
      scratch = new byte[HelloMessage.HEADER_BYTES + MAX_MESSAGE_BYTES];
    }
    int at = offset;
    while (limit - at >= RECORD_HEADER_BYTES && !isAssembled()) {
      int length = recordLength(buffer, at, limit);
      if (length == UNKNOWN) {
        broken = true;
        return;
      }
      int start = at + RECORD_HEADER_BYTES;
      int part = Math.min(Math.min(length, limit - start), scratch.length - assembled);
      System.arraycopy(buffer, start, scratch, assembled, part);
      assembled += part;
      recordCount++;
      recordBytes += length;
      at = start + length;
    }
  }

  private boolean isAssembled() {
    return assembled == scratch.length
        || (assembled >= HelloMessage.HEADER_BYTES && assembled >= assembledTarget());
  }

  private int assembledTarget() {
    return assembled < HelloMessage.HEADER_BYTES
        ? HelloMessage.HEADER_BYTES
        : HelloMessage.announcedBytes(scratch, 0);
  }

  private int needed(int messageBytes) {
    int headers = recordCount * RECORD_HEADER_BYTES;
    return recordBytes >= messageBytes
        ? headers + messageBytes
        : headers + RECORD_HEADER_BYTES + messageBytes;
  }

  /**
   * The length of the handshake record at {@code at}, or {@code UNKNOWN} when none stands there.
   */
  private static int recordLength(byte[] buffer, int at, int limit) {
    if (limit - at < RECORD_HEADER_BYTES || buffer[at] != HANDSHAKE || buffer[at + 1] != 3) {
      return UNKNOWN;
    }
    int length = unsignedShort(buffer, at + 3);
    return length > 0 && length <= MAX_RECORD_BYTES ? length : UNKNOWN;
  }

  /**
   * Two bytes of length with the top bit set, CLIENT-HELLO = 1, the version, and three lengths that
   * must add up.
   */
  private static boolean looksLikeSsl2(byte[] buffer, int offset, int available) {
    if ((available > 2 && buffer[offset + 2] != HelloMessage.CLIENT_HELLO)
        || (available > 3 && buffer[offset + 3] != 3 && buffer[offset + 3] != 0)
        || (available > 4 && buffer[offset + 3] == 0 && buffer[offset + 4] != 2)) {
      return false;
    }
    return available < SSL2_HEADER_BYTES || ssl2LengthsAddUp(buffer, offset);
  }

  private static boolean ssl2LengthsAddUp(byte[] buffer, int offset) {
    int length = unsignedShort(buffer, offset) & 0x7fff;
    int ciphers = unsignedShort(buffer, offset + 5);
    int session = unsignedShort(buffer, offset + 7);
    int challenge = unsignedShort(buffer, offset + 9);
    return ciphers > 0
        && ciphers % 3 == 0
        && (session == 0 || session == 16)
        && challenge >= 16
        && challenge <= 32
        && length == SSL2_HEADER_BYTES - 2 + ciphers + session + challenge;
  }

  private Verdict readSsl2(int available) {
    if (available >= SSL2_HEADER_BYTES) {
      return Verdict.NAMELESS;
    }
    bytesNeeded = SSL2_HEADER_BYTES;
    return Verdict.INCOMPLETE;
  }

  private static int unsignedShort(byte[] buffer, int at) {
    return ((buffer[at] & 0xff) << 8) | (buffer[at + 1] & 0xff);
  }
}
