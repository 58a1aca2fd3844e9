package imon.tls.rdp;

import imon.name.NameTable;
import imon.tls.ClientHello;
import imon.tls.ClientHello.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ClientHello of TLS in a reliable connection of RDP's transport over UDP: over several
 * packets, in any order once the first of them was there.
 */
public final class RdpHello {
  /** So many bytes of a hello tell it from other data. */
  private static final int CERTAIN = 6;

  private final ClientHello hello;
  private final RdpDatagram datagram = new RdpDatagram();
  private @Nullable String serverName;

  /** Hosts come from {@code table}, which may serve other readers of the same thread. */
  public RdpHello(NameTable table) {
    hello = new ClientHello(table);
  }

  /** Adds one datagram of the client and reads what is there. */
  public Verdict read(RdpFlow flow, byte[] buffer, int offset, int limit) {
    serverName = null;
    if (!flow.isBegun()) {
      if (!begins(flow, buffer, offset, limit, false)
          && !begins(flow, buffer, offset, limit, true)) {
        return Verdict.NOT_TLS;
      }
    } else if (!wrap(buffer, offset, limit, flow.isVersion3())) {
      return Verdict.NOT_TLS;
    }
    flow.add(datagram.sequence(), datagram.copy());
    byte[] stream = flow.joined();
    Verdict verdict = hello.read(stream, 0, stream.length);
    serverName = hello.serverName();
    return verdict;
  }

  private boolean wrap(byte[] buffer, int offset, int limit, boolean version3) {
    return version3
        ? datagram.wrapVersion3(buffer, offset, limit)
        : datagram.wrap(buffer, offset, limit);
  }

  private boolean begins(RdpFlow flow, byte[] buffer, int offset, int limit, boolean version3) {
    if (!wrap(buffer, offset, limit, version3)) {
      return false;
    }
    byte[] data = datagram.copy();
    if (data.length < CERTAIN || !ClientHello.looksLikeClientHello(data, 0, data.length)) {
      return false;
    }
    flow.begin(datagram.sequence(), version3);
    return true;
  }

  /** The host of the server_name extension when the verdict is {@code NAMED}, else null. */
  public @Nullable String serverName() {
    return serverName;
  }
}
