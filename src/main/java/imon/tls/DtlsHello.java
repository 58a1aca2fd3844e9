package imon.tls;

import imon.name.NameTable;
import imon.tls.ClientHello.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ClientHello of DTLS (RFC 6347, section 4.2; RFC 9147, section 5.2), which may be
 * fragmented over records and datagrams.
 *
 * <p>A flow whose hello is whole in one datagram needs {@link #read(byte[], int, int)} only. When
 * that says {@code INCOMPLETE}, make a {@link DtlsFragments} for the flow's direction and give it
 * that datagram and each later one. {@code NOT_TLS} there speaks of the datagram alone.
 */
public final class DtlsHello {
  /** Longer messages are {@code MALFORMED}: a peer would not accept so large a first message. */
  public static final int MAX_MESSAGE_BYTES = 16 * 1024;

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
    return DtlsRecord.hasFragment(buffer, offset, limit, MAX_MESSAGE_BYTES)
        && buffer[offset + DtlsRecord.HEADER_BYTES] == HelloMessage.CLIENT_HELLO;
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
    while (DtlsRecord.isClearHandshake(buffer, at, limit) && !broken) {
      int end = DtlsRecord.end(buffer, at);
      gather(fragments, buffer, at + DtlsRecord.HEADER_BYTES, Math.min(end, limit));
      at = end;
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
    while (limit - at >= DtlsRecord.FRAGMENT_HEADER_BYTES) {
      if (!DtlsRecord.isSound(buffer, at, MAX_MESSAGE_BYTES)) {
        broken = true;
        return;
      }
      if (buffer[at] == HelloMessage.CLIENT_HELLO) {
        fragments.add(buffer, at, limit);
      }
      at = DtlsRecord.fragmentEnd(buffer, at);
    }
  }
}
