package imon.tls;

import imon.name.NameTable;
import imon.wire.Bytes;

/**
 * Reads the names of the certificate in a TLS server's first bytes (RFC 5246, section 7.4.2):
 * hello, then certificate, over any number of records. From TLS 1.3 on the certificate is
 * encrypted.
 *
 * <pre>
 *  | type(1) = 2  | length(3) | version(2) random(32) session id<0..32> suite(2) compression(1) extensions
 *  | type(1) = 11 | length(3) | chain length(3) | leaf length(3) | leaf ...
 * </pre>
 *
 * <p>Nothing is kept between calls except the result of the last one: with more bytes of the
 * stream, call again with all of them.
 */
public final class ServerCertificate {
  /** Names beyond these are not kept, see {@link #hasMoreNames()}. */
  public static final int MAX_NAMES = 256;

  /** What the bytes turned out to be. */
  public enum Verdict {
    /** They do not start as a TLS server's do. More bytes will not change that. */
    NOT_TLS,
    /** So far a server's, and the names are not there yet. */
    INCOMPLETE,
    /** There is at least one name. */
    NAMED,
    /**
     * No certificate will be seen (TLS 1.3, a resumed session, an anonymous server), or it names no
     * host. More bytes will not change that.
     */
    NAMELESS,
    /**
     * Starts as a server's first bytes do and then breaks the format. More bytes will not change
     * that.
     */
    MALFORMED
  }

  private static final int MESSAGE_HEADER_BYTES = 4;
  private static final int CHAIN_HEADER_BYTES = 6;
  private static final int HELLO_REQUEST = 0;
  static final int SERVER_HELLO = 2;
  static final int CERTIFICATE = 11;
  private static final int SERVER_KEY_EXCHANGE = 12;
  private static final int SERVER_HELLO_DONE = 14;
  private static final int SUPPLEMENTAL_DATA = 23;

  private final HandshakeRecords records = new HandshakeRecords();
  private final CertificateNames names;
  private int bytesNeeded;

  /** Hosts come from {@code table}, which may serve other readers of the same thread. */
  public ServerCertificate(NameTable table) {
    names = new CertificateNames(table);
  }

  /**
   * Whether {@code buffer[offset, limit)} can be what a TLS server sends first: a ServerHello, or a
   * warning before it. True for no bytes at all.
   */
  public static boolean looksLikeServerHello(byte[] buffer, int offset, int limit) {
    int available = limit - offset;
    if (available <= 0) {
      return true;
    }
    boolean alert = buffer[offset] == HandshakeRecords.ALERT;
    int first = offset + HandshakeRecords.HEADER_BYTES;
    return (alert || buffer[offset] == HandshakeRecords.HANDSHAKE)
        && (available < 2 || buffer[offset + 1] == 3)
        && (available < 3 || (buffer[offset + 2] >= 0 && buffer[offset + 2] <= 4))
        && (first > limit || HandshakeRecords.mayBeginWith(alert, Bytes.u16(buffer, offset + 3)))
        && (first >= limit || buffer[first] == (alert ? 1 : SERVER_HELLO));
  }

  /**
   * Reads what is there of what the server sent. The verdict is {@code NAMED} as soon as the
   * subjectAltName is there; a certificate without one must be there up to its signature.
   */
  public Verdict read(byte[] buffer, int offset, int limit) {
    names.clear();
    bytesNeeded = 0;
    if (!looksLikeServerHello(buffer, offset, limit)) {
      return Verdict.NOT_TLS;
    }
    records.join(buffer, offset, limit);
    return readMessages();
  }

  /**
   * The same for a Certificate message that stands in no record, as far as it is there, from its
   * header on (four bytes, as in TLS).
   */
  Verdict readMessage(byte[] message, int limit) {
    names.clear();
    bytesNeeded = 0;
    int end = MESSAGE_HEADER_BYTES + u24(message, 1);
    int leaf = MESSAGE_HEADER_BYTES + CHAIN_HEADER_BYTES;
    if (end < leaf) {
      return Verdict.NAMELESS;
    }
    if (limit < leaf) {
      return Verdict.INCOMPLETE;
    }
    int leafEnd = leaf + u24(message, leaf - 3);
    return leafEnd > end ? Verdict.MALFORMED : names.read(message, leaf, leafEnd, limit);
  }

  /** How many names there are; 0 unless the verdict is {@code NAMED}. */
  public int nameCount() {
    return names.count();
  }

  /**
   * One of the names, a host without {@code *.}; of {@code *.example.org} that is {@code
   * example.org}, which the certificate does not name itself.
   *
   * @param index from 0 to {@link #nameCount()}
   */
  public String name(int index) {
    return names.name(index);
  }

  /** Whether that name stands for hosts below it only. */
  public boolean isWildcard(int index) {
    return names.isWildcard(index);
  }

  /** Whether the certificate had more than {@link #MAX_NAMES}. */
  public boolean hasMoreNames() {
    return names.hasMore();
  }

  /**
   * After {@code INCOMPLETE}: how many bytes from the offset there must be, at least, for what is
   * read next to be whole; 0 after any other verdict.
   */
  public int bytesNeeded() {
    return bytesNeeded;
  }

  private Verdict readMessages() {
    byte[] bytes = records.bytes();
    int at = 0;
    while (has(at + MESSAGE_HEADER_BYTES)) {
      int end = at + MESSAGE_HEADER_BYTES + u24(bytes, at + 1);
      switch (bytes[at]) {
        case SERVER_HELLO -> {
          if (!has(end)) {
            return missing(end);
          }
          if (ServerHello.encryptsCertificate(bytes, at + MESSAGE_HEADER_BYTES, end)) {
            return Verdict.NAMELESS;
          }
        }
        case CERTIFICATE -> {
          return readChain(at + MESSAGE_HEADER_BYTES, end);
        }
        case SERVER_KEY_EXCHANGE, SERVER_HELLO_DONE -> {
          return Verdict.NAMELESS;
        }
        case HELLO_REQUEST, SUPPLEMENTAL_DATA -> {}
        default -> {
          return Verdict.MALFORMED;
        }
      }
      at = end;
    }
    return missing(at + MESSAGE_HEADER_BYTES);
  }

  private Verdict readChain(int body, int end) {
    if (!has(Math.min(end, body + 6))) {
      return missing(body + 6);
    }
    byte[] bytes = records.bytes();
    if (end < body + 6) {
      return end == body + 3 && u24(bytes, body) == 0 ? Verdict.NAMELESS : Verdict.MALFORMED;
    }
    int leaf = body + 6;
    int leafEnd = leaf + u24(bytes, body + 3);
    if (leafEnd > end) {
      return Verdict.MALFORMED;
    }
    Verdict verdict = names.read(bytes, leaf, leafEnd, records.length());
    return verdict == Verdict.INCOMPLETE ? missing(leafEnd) : verdict;
  }

  private boolean has(int end) {
    return end <= records.length();
  }

  /** So many bytes of messages are wanted and not there. */
  private Verdict missing(int end) {
    if (end > HandshakeRecords.MAX_BYTES) {
      return Verdict.MALFORMED;
    }
    return switch (records.stop()) {
      case CUT -> {
        bytesNeeded = records.streamBytes(end);
        yield Verdict.INCOMPLETE;
      }
      case OTHER_RECORD -> Verdict.NAMELESS;
      case BROKEN -> Verdict.MALFORMED;
    };
  }

  private static int u24(byte[] buffer, int at) {
    return Bytes.u8(buffer, at) << 16 | Bytes.u16(buffer, at + 1);
  }
}
