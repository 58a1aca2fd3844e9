package imon.flow.stream;

import imon.name.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one host that follow each other in one connection, and the responses to them. A run
 * has the packet its host was seen in; a run whose requests named no host has none.
 */
public final class Run {
  /** It has no packets yet. */
  public static final int UNCOUNTED = -1;

  private final int firstRequest;
  private @Nullable String host;
  private Evidence kind = Evidence.HTTP;
  private boolean proxied;
  private boolean toAddress;
  private long seenPacket;
  private long seenTime;
  private @Nullable Run next;
  private int slot = UNCOUNTED;

  /**
   * @param firstRequest number of its first request in the connection
   */
  Run(int firstRequest) {
    this.firstRequest = firstRequest;
  }

  /** The first run of a connection, which has packets already. */
  public static Run first(int slot) {
    Run first = new Run(0);
    first.slot = slot;
    return first;
  }

  /** Whether this run begins behind another one of the same connection. */
  public boolean isAfter(Run other) {
    return firstRequest > other.firstRequest;
  }

  int firstRequest() {
    return firstRequest;
  }

  void named(Evidence newKind, String newHost, long packetNumber, long time) {
    kind = newKind;
    host = newHost;
    seenPacket = packetNumber;
    seenTime = time;
  }

  public @Nullable String host() {
    return host;
  }

  /** What its host is evidence of: a request, or what a CONNECT asked for. */
  public Evidence kind() {
    return kind;
  }

  void setProxied() {
    proxied = true;
  }

  /** Whether a request of it asks a proxy to pass it on, or for a tunnel. */
  public boolean isProxied() {
    return proxied;
  }

  void setToAddress() {
    toAddress = true;
  }

  /**
   * Whether its requests are for an address, or what is no plausible name: no host asked before or
   * after has to do with it.
   */
  public boolean isToAddress() {
    return toAddress;
  }

  /** Number of the packet that has the host. */
  public long seenPacket() {
    return seenPacket;
  }

  /** Time of that packet, nanoseconds since 1970 UTC. */
  public long seenTime() {
    return seenTime;
  }

  /** The run after this one, as far as it has begun. */
  public @Nullable Run next() {
    return next;
  }

  void setNext(Run run) {
    next = run;
  }

  /** Which record counts its packets, or {@link #UNCOUNTED}; for whoever counts them to say. */
  public int slot() {
    return slot;
  }

  public void setSlot(int newSlot) {
    slot = newSlot;
  }
}
