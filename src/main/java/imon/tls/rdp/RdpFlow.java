package imon.tls.rdp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a flow that began with RDP's SYN: the client's packets from its ClientHello on,
 * at most {@link #MAX_PACKETS}.
 */
public final class RdpFlow {
  /** Packets that a hello may take; each has at most 1232 bytes. */
  static final int MAX_PACKETS = 8;

  private final byte[] @Nullable [] packets = new byte[MAX_PACKETS] @Nullable [];
  private final boolean clientIsA;
  private boolean begun;
  private boolean version3;
  private int first;

  /**
   * @param clientIsA whether the flow's side A sent the SYN
   */
  public RdpFlow(boolean clientIsA) {
    this.clientIsA = clientIsA;
  }

  /** Whether a packet of this side is the client's. */
  public boolean isClient(boolean fromA) {
    return fromA == clientIsA;
  }

  boolean isBegun() {
    return begun;
  }

  boolean isVersion3() {
    return version3;
  }

  /** The packet with this number has the start of a ClientHello. */
  void begin(int sequence, boolean ofVersion3) {
    begun = true;
    first = sequence;
    version3 = ofVersion3;
  }

  /**
   * Keeps a packet of the hello; the first copy stays, unless it was cut: of a datagram in
   * fragments the first one is read alone, too.
   */
  void add(int sequence, byte[] data) {
    int place = version3 ? (sequence - first) & 0xffff : sequence - first;
    if (place >= 0 && place < MAX_PACKETS) {
      byte[] kept = packets[place];
      packets[place] = kept == null || kept.length < data.length ? data : kept;
    }
  }

  /** The stream from the hello on, up to the first packet that is missing. */
  byte[] joined() {
    byte[] joined = new byte[0];
    for (int i = 0; i < MAX_PACKETS; i++) {
      byte[] data = packets[i];
      if (data == null) {
        break;
      }
      int end = joined.length;
      joined = Arrays.copyOf(joined, end + data.length);
      System.arraycopy(data, 0, joined, end, data.length);
    }
    return joined;
  }
}
