package imon.quic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What {@link QuicInitial} remembers of one flow between its datagrams. Some hundred bytes, plus
 * what CRYPTO frames brought: at most {@link #MAX_INITIALS} packets' contents, and never more than
 * about 64 KiB. To be made when {@link QuicInitial#looksLikeInitial} first says so, and dropped
 * when the flow is named, {@linkplain #isSpent() spent} or over.
 */
public final class QuicFlow {
  /** Packets of one flow that are looked into. */
  public static final int MAX_INITIALS = 16;

  /** Versions that these are tried as, in all: one each, or four where the version is made up. */
  static final int MAX_VERSIONS = 24;

  private final CryptoStream crypto = new CryptoStream();
  private int initials;
  private int versions;
  private @Nullable InitialKeys keys;
  private byte[] clientId = new byte[0];

  /** Whether nothing more will be looked at: the flow stays without a name. */
  public boolean isSpent() {
    return initials >= MAX_INITIALS || versions >= MAX_VERSIONS;
  }

  /** Bytes of handshake held, roughly. */
  public int heldBytes() {
    return crypto.heldBytes();
  }

  /**
   * Counts a packet that is to be looked into; false when there were too many.
   *
   * @param candidates versions that it is tried as
   */
  boolean count(int candidates) {
    if (isSpent()) {
      return false;
    }
    initials++;
    versions += candidates;
    return true;
  }

  /** The keys that opened the client's Initials so far, or null. */
  @Nullable InitialKeys keys() {
    return keys;
  }

  /**
   * Notes keys that opened a packet and the id its sender wants to be called by. Other keys than
   * before are those of another connection, or of the same after a Retry or in another version:
   * then the handshake starts anew.
   */
  void opened(InitialKeys opening, byte[] buffer, int sourceId, int sourceIdEnd) {
    if (keys != opening) {
      keys = opening;
      crypto.clear();
    }
    if (!isToClient(buffer, sourceId, sourceIdEnd)) {
      clientId = Arrays.copyOfRange(buffer, sourceId, sourceIdEnd);
    }
  }

  /** Whether a packet for this destination id is the server's; known once the client's was seen. */
  boolean isToClient(byte[] buffer, int destinationId, int destinationIdEnd) {
    return keys != null
        && Arrays.equals(clientId, 0, clientId.length, buffer, destinationId, destinationIdEnd);
  }

  CryptoStream crypto() {
    return crypto;
  }
}
