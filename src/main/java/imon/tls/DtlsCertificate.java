package imon.tls;

import imon.name.NameTable;

/**
 * Reads the names of the certificate that a DTLS server sends in clear (RFC 6347; from version 1.3
 * on it is encrypted), in fragments over records and datagrams, in any order.
 *
 * <p>A client may send a certificate of its own in the same form. So the names count only in a
 * direction that has a ServerHello, too.
 */
public final class DtlsCertificate {
  /** Longer messages are {@code MALFORMED}; chains of five certificates stay below 16 KiB. */
  public static final int MAX_MESSAGE_BYTES = 32 * 1024;

  private final ServerCertificate certificate;

  /** What is kept of one direction of a flow until its certificate is read. */
  public static final class Flight {
    private final DtlsFragments fragments = new DtlsFragments();
    private boolean helloSeen;
  }

  /** Hosts come from {@code table}, which may serve other readers of the same thread. */
  public DtlsCertificate(NameTable table) {
    certificate = new ServerCertificate(table);
  }

  /**
   * Whether the datagram in {@code buffer[offset, limit)} starts with a fragment of a ServerHello
   * or a certificate.
   */
  public static boolean looksLikeServerFlight(byte[] buffer, int offset, int limit) {
    return DtlsRecord.hasFragment(buffer, offset, limit, MAX_MESSAGE_BYTES)
        && isWanted(buffer[offset + DtlsRecord.HEADER_BYTES]);
  }

  private static boolean isWanted(int type) {
    return type == ServerCertificate.SERVER_HELLO || type == ServerCertificate.CERTIFICATE;
  }

  /** Adds one datagram to a flight and reads what is there. */
  public ServerCertificate.Verdict read(Flight flight, byte[] buffer, int offset, int limit) {
    int at = offset;
    while (DtlsRecord.isClearHandshake(buffer, at, limit)) {
      int end = DtlsRecord.end(buffer, at);
      if (!gather(flight, buffer, at + DtlsRecord.HEADER_BYTES, Math.min(end, limit))) {
        return ServerCertificate.Verdict.MALFORMED;
      }
      at = end;
    }
    return flight.helloSeen && !flight.fragments.isEmpty()
        ? certificate.readMessage(flight.fragments.message(), flight.fragments.contiguous())
        : ServerCertificate.Verdict.INCOMPLETE;
  }

  private static boolean gather(Flight flight, byte[] buffer, int start, int limit) {
    int at = start;
    while (limit - at >= DtlsRecord.FRAGMENT_HEADER_BYTES) {
      if (!DtlsRecord.isSound(buffer, at, MAX_MESSAGE_BYTES)) {
        return false;
      }
      if (buffer[at] == ServerCertificate.CERTIFICATE) {
        flight.fragments.add(buffer, at, limit);
      }
      flight.helloSeen |= buffer[at] == ServerCertificate.SERVER_HELLO;
      at = DtlsRecord.fragmentEnd(buffer, at);
    }
    return true;
  }

  /** The names, when the verdict was {@code NAMED}. */
  public ServerCertificate certificate() {
    return certificate;
  }
}
