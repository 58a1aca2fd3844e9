package imon.wire;

import imon.pcap.Anomaly;
import org.jspecify.annotations.Nullable;

/** A header that carries another link or network header: which one, and where it stands. */
public abstract class Encapsulation {
  private int carried;
  private int payload;
  private int payloadLimit;

  /** Looks at the header that begins at {@code offset}; see the package's contract. */
  public abstract @Nullable Anomaly wrap(byte[] buffer, int offset, int limit);

  /** Keeps what {@link #wrap} found. A payload that would begin behind {@code limit} is empty. */
  protected final void carries(int what, int start, int limit) {
    carried = what;
    payload = Math.min(start, limit);
    payloadLimit = limit;
  }

  /** What stands at {@link #payload()}: a value of {@link EtherType}. */
  public final int carried() {
    return carried;
  }

  public final int payload() {
    return payload;
  }

  public final int payloadLimit() {
    return payloadLimit;
  }
}
