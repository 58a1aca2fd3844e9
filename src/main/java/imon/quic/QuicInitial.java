package imon.quic;

import imon.name.NameTable;
import imon.quic.InitialSalt.Dialect;
import imon.tls.ClientHello;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server name from the first datagrams of a QUIC connection: version 1 (RFC 9000),
 * version 2 (RFC 9369), drafts 22 to 34, Facebook's mvfst, and Google QUIC (clear up to Q049; Q050,
 * T050 and T051 protected).
 *
 * <p>Handles several packets in a datagram, a ClientHello over several packets in any order, Retry,
 * connection ids changed by the server, and versions that were refused. It never throws on any
 * bytes. Cost: the first Initial of a flow takes five HMACs, one AES block and one AES-GCM
 * decryption, each further one the last two; at most {@link QuicFlow#MAX_INITIALS} packets of a
 * flow are tried, with the keys of at most two connection ids each. One of a version that only
 * provokes negotiation is tried as four others, and at most six of these are. Owned by one thread;
 * it keeps no buffer between calls.
 */
public final class QuicInitial {
  /** What a datagram, together with those before it, turned out to be. */
  public enum Verdict {
    /** No whole long header of a known version, and not Google QUIC. */
    NOT_QUIC,
    /**
     * QUIC, and no name so far: a packet of the server, one that cannot be opened, or a ClientHello
     * of which more is to come.
     */
    INCOMPLETE,
    /** The server name is known. */
    NAMED,
    /** A ClientHello without a server name, or with one that is no host. */
    NAMELESS
  }

  private final KeyDerivation derivation = new KeyDerivation();
  private final PacketProtection protection = new PacketProtection();
  private final LongHeader header = new LongHeader();
  private final CryptoFrames frames = new CryptoFrames();
  private final ClientHello hello;
  private final GoogleHello googleHello;
  private final byte[] handshake = new byte[CryptoStream.LIMIT];

  private @Nullable String serverName;
  private boolean encryptedClientHello;
  private boolean fromClient;

  /** Hosts come from {@code table}, which may serve other readers of the same thread. */
  public QuicInitial(NameTable table) {
    hello = new ClientHello(table);
    googleHello = new GoogleHello(table);
  }

  /**
   * Whether the UDP payload {@code buffer[offset, limit)} may be among the first that a QUIC client
   * sends, judged by the first bytes alone. Allocates nothing. Some server packets look the same.
   */
  public static boolean looksLikeInitial(byte[] buffer, int offset, int limit) {
    return LongHeader.mayOpenConnection(buffer, offset, limit)
        || GoogleHello.isClearPacket(buffer, offset, limit);
  }

  /**
   * Reads a datagram of a flow, of either direction.
   *
   * @param flow the state of this flow
   * @param cut whether the datagram had more bytes on the wire than {@code buffer[offset, limit)},
   *     the UDP payload: then a packet that runs over the limit is read as far as it is there, and
   *     nothing but its form vouches for it
   */
  public Verdict read(QuicFlow flow, byte[] buffer, int offset, int limit, boolean cut) {
    serverName = null;
    encryptedClientHello = false;
    fromClient = false;
    if (GoogleHello.isClearPacket(buffer, offset, limit)) {
      return readClear(flow, buffer, offset, limit);
    }
    Verdict verdict = Verdict.NOT_QUIC;
    int at = offset;
    while (at < limit && header.wrap(buffer, at, limit)) {
      if (verdict == Verdict.NOT_QUIC) {
        verdict = Verdict.INCOMPLETE;
      }
      if (header.type() == LongHeader.Type.INITIAL && readInitial(flow, buffer, limit, cut)) {
        fromClient = true;
      }
      at = header.end();
    }
    return fromClient ? readHandshake(flow) : verdict;
  }

  /** The host when the verdict is {@code NAMED}, else null. */
  public @Nullable String serverName() {
    return serverName;
  }

  /** As {@link ClientHello#hasEncryptedClientHello()}. */
  public boolean hasEncryptedClientHello() {
    return encryptedClientHello;
  }

  /**
   * Whether the last datagram was the client's beyond doubt; false means no more than not known.
   */
  public boolean isFromClient() {
    return fromClient;
  }

  private Verdict readClear(QuicFlow flow, byte[] buffer, int offset, int limit) {
    if (!flow.count(1)) {
      return Verdict.INCOMPLETE;
    }
    Verdict verdict = googleHello.search(buffer, offset, limit);
    fromClient = verdict != Verdict.NOT_QUIC;
    serverName = googleHello.serverName();
    return fromClient ? verdict : Verdict.INCOMPLETE;
  }

  /** True when the packet is the client's. */
  private boolean readInitial(QuicFlow flow, byte[] buffer, int limit, boolean cut) {
    boolean whole = header.end() <= limit;
    List<InitialSalt> salts = InitialSalt.candidates(header.version());
    if ((!whole && !cut)
        || flow.isToClient(buffer, header.destinationId(), header.destinationIdEnd())
        || !flow.count(salts.size())) {
      return false;
    }
    for (int i = 0; i < salts.size(); i++) {
      if (tryKnownId(flow, salts.get(i), buffer, limit)
          || tryOwnId(flow, salts.get(i), buffer, limit)) {
        return true;
      }
    }
    return false;
  }

  /** The keys of the flow's first id, or, in another version, those that this id gives there. */
  private boolean tryKnownId(QuicFlow flow, InitialSalt salt, byte[] buffer, int limit) {
    InitialKeys known = flow.keys();
    if (known == null) {
      return false;
    }
    InitialKeys keys = known.salt() == salt ? known : derivation.derive(salt, known.connectionId());
    return tryKeys(flow, keys, buffer, limit);
  }

  /** The client's first Initial, or its first after a Retry (RFC 9001, section 5.2). */
  private boolean tryOwnId(QuicFlow flow, InitialSalt salt, byte[] buffer, int limit) {
    int from = header.destinationId();
    int to = header.destinationIdEnd();
    InitialKeys known = flow.keys();
    if (from == to || (known != null && known.areOf(buffer, from, to))) {
      return false;
    }
    InitialKeys keys = derivation.derive(salt, Arrays.copyOfRange(buffer, from, to));
    return tryKeys(flow, keys, buffer, limit);
  }

  private boolean tryKeys(QuicFlow flow, InitialKeys keys, byte[] buffer, int limit) {
    boolean whole = header.end() <= limit;
    int length =
        whole
            ? protection.open(keys, buffer, header)
            : protection.openCut(keys, buffer, header, limit);
    Dialect dialect = keys.salt().dialect();
    byte[] plaintext = protection.plaintext();
    if (length < 0 || (!whole && !frames.areSound(plaintext, length, dialect))) {
      return false;
    }
    flow.opened(keys, buffer, header.sourceId(), header.sourceIdEnd());
    frames.collect(plaintext, length, dialect, flow.crypto());
    return true;
  }

  private Verdict readHandshake(QuicFlow flow) {
    int length = flow.crypto().layOut(handshake);
    InitialKeys keys = flow.keys();
    if (keys != null && keys.salt().dialect() == Dialect.GOOGLE) {
      Verdict verdict = googleHello.read(handshake, 0, length);
      serverName = googleHello.serverName();
      return verdict == Verdict.NOT_QUIC ? startAgain(flow) : verdict;
    }
    ClientHello.Verdict verdict = hello.readMessage(handshake, 0, length);
    serverName = hello.serverName();
    encryptedClientHello = hello.hasEncryptedClientHello();
    return switch (verdict) {
      case NAMED -> Verdict.NAMED;
      case NAMELESS -> Verdict.NAMELESS;
      case INCOMPLETE -> Verdict.INCOMPLETE;
      case NOT_TLS, MALFORMED -> startAgain(flow);
    };
  }

  /** What is not a ClientHello does not become one; the packet may have been forged. */
  private static Verdict startAgain(QuicFlow flow) {
    flow.crypto().clear();
    return Verdict.INCOMPLETE;
  }
}
