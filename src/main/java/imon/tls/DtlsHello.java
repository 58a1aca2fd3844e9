package imon.tls;

import imon.name.NameTable;
import imon.tls.ClientHello.Verdict;
import imon.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ClientHello of DTLS (RFC 6347, section 4.2; RFC 9147, section 5.2), which may be
 * fragmented over records and datagrams.
 *
 * <pre>
 *  record     | type(1) = 22 | version(2) | epoch(2) = 0 | sequence(6) | length(2)
 *  handshake  | type(1) = 1 | message length(3) | message sequence(2)
 *             | fragment offset(3) | fragment length(3) | fragment
 * </pre>
 *
 * <p>A flow whose hello is whole in one datagram needs {@link #read(byte[], int, int)} only. When
 * that says {@code INCOMPLETE}, make a {@link DtlsFragments} for the flow's direction and give it
 * that datagram and each later one. {@code NOT_TLS} there speaks of the datagram alone.
 */
public final class DtlsHello {
  /** Longer messages are {@code MALFORMED}: a peer would not accept so large a first message. */
  public static final int MAX_MESSAGE_BYTES = 16 * 1024;

  private static final int HANDSHAKE = 22;
  private static final int RECORD_HEADER_BYTES = 13;
  private static final int FRAGMENT_HEADER_BYTES = 12;
  private static final int MAX_RECORD_BYTES = 1 << 14;

  private final HelloMessage message;
  private final DtlsFragments single = new DtlsFragments();
  private boolean broken;

  /** Hosts come from {@code table}, which may serve other readers of the same thread. */
  public DtlsHello(NameTable table) {
    message = new HelloMessage(table, true);
  }

  /**
   * Whether the datagram in {@code buffer[offset, limit)} starts with a fragment of a ClientHello:
   * the headers of record and fragment must be whole and agree.
   */
  public static boolean looksLikeClientHello(byte[] buffer, int offset, int limit) {
    int fragment = offset + RECORD_HEADER_BYTES;
    return isClearHandshake(buffer, offset, limit)
        && limit - fragment >= FRAGMENT_HEADER_BYTES
        && buffer[fragment] == HelloMessage.CLIENT_HELLO
        && isSound(buffer, fragment)
        && FRAGMENT_HEADER_BYTES + u24(buffer, fragment + 9) <= Bytes.u16(buffer, offset + 11);
  }

  /** Reads one datagram on its own. */
  public Verdict read(byte[] buffer, int offset, int limit) {
    single.clear();
    return read(single, buffer, offset, limit);
  }

  /**
   * Adds one datagram of the flow to {@code fragments} and reads what is there. The verdict is
   * {@code NAMED} as soon as the server_name extension is there and all before it.
   */
  public Verdict read(DtlsFragments fragments, byte[] buffer, int offset, int limit) {
    message.clear();
    if (!looksLikeClientHello(buffer, offset, limit)) {
      return Verdict.NOT_TLS;
    }
    broken = false;
    int at = offset;
    while (isClearHandshake(buffer, at, limit) && !broken) {
      int start = at + RECORD_HEADER_BYTES;
      at = start + Bytes.u16(buffer, at + 11);
      gather(fragments, buffer, start, Math.min(at, limit));
    }
    if (fragments.isEmpty()) {
      return Verdict.MALFORMED;
    }
    Verdict verdict = message.read(fragments.message(), 0, fragments.contiguous());
    return verdict == Verdict.INCOMPLETE && broken ? Verdict.MALFORMED : verdict;
  }

  /** The host of the server_name extension when the verdict is {@code NAMED}, else null. */
  public @Nullable String serverName() {
    return message.serverName();
  }

  /**
   * Whether an encrypted_client_hello extension was seen, see {@link
   * ClientHello#hasEncryptedClientHello()}.
   */
  public boolean hasEncryptedClientHello() {
    return message.hasEncryptedClientHello();
  }

  /** Whether all of the message was there. */
  public boolean isWhole() {
    return message.isWhole();
  }

  /** One record may hold several fragments, and other messages than the hello. */
  private void gather(DtlsFragments fragments, byte[] buffer, int start, int limit) {
    int at = start;
    while (limit - at >= FRAGMENT_HEADER_BYTES) {
      if (!isSound(buffer, at)) {
        broken = true;
        return;
      }
      int body = at + FRAGMENT_HEADER_BYTES;
      int length = u24(buffer, at + 9);
      if (buffer[at] == HelloMessage.CLIENT_HELLO) {
        int there = Math.min(length, limit - body);
        int sequence = Bytes.u16(buffer, at + 4);
        fragments.add(sequence, u24(buffer, at + 1), u24(buffer, at + 6), buffer, body, there);
      }
      at = body + length;
    }
  }

  /** A record of epoch 0, where nothing is encrypted. */
  private static boolean isClearHandshake(byte[] buffer, int at, int limit) {
    if (limit - at < RECORD_HEADER_BYTES || buffer[at] != HANDSHAKE) {
      return false;
    }
    int version = Bytes.u16(buffer, at + 1);
    int length = Bytes.u16(buffer, at + 11);
    return (version == 0xfeff || version == 0xfefd || version == 0x0100)
        && Bytes.u16(buffer, at + 3) == 0
        && length >= FRAGMENT_HEADER_BYTES
        && length <= MAX_RECORD_BYTES;
  }

  private static boolean isSound(byte[] buffer, int at) {
    int announced = u24(buffer, at + 1);
    return announced <= MAX_MESSAGE_BYTES && u24(buffer, at + 6) + u24(buffer, at + 9) <= announced;
  }

  private static int u24(byte[] buffer, int at) {
    return Bytes.u8(buffer, at) << 16 | Bytes.u16(buffer, at + 1);
  }
}
