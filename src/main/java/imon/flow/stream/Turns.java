package imon.flow.stream;

import imon.http.MessageEvents;
import imon.name.Evidence;
import org.jspecify.annotations.Nullable;

/** Which run each side of a connection is in, and which one a packet belongs to. */
final class Turns implements MessageEvents {
  /** Runs of one connection that are told apart. */
  static final int RUNS_LIMIT = 1024;

  private Run clientRun;
  private Run serverRun;
  private int runs = 1;
  private @Nullable End end;

  // Of the packet at hand.
  private boolean fromClient;
  private long offset;
  private long number;
  private long time;
  private Run packetRun;

  Turns(Run first) {
    clientRun = first;
    serverRun = first;
    packetRun = first;
  }

  /**
   * A packet with data begins.
   *
   * @param newOffset of its first byte in the direction of its sender
   */
  void packet(boolean isFromClient, long newOffset, long newNumber, long newTime) {
    fromClient = isFromClient;
    offset = newOffset;
    number = newNumber;
    time = newTime;
    packetRun = run(isFromClient);
  }

  /**
   * The run of the packet at hand: that of its first byte, as far as this packet and those before
   * it tell.
   */
  Run packetRun() {
    return packetRun;
  }

  /** The run a side is in. */
  Run run(boolean ofClient) {
    return ofClient ? clientRun : serverRun;
  }

  /** Why nothing more is told, or null. */
  @Nullable End end() {
    return end;
  }

  /** Whether there were more runs than are told apart. */
  boolean isOverLimit() {
    return runs > RUNS_LIMIT;
  }

  @Override
  public void request(int request, long at, @Nullable String host, boolean addressed, Asked asked) {
    boolean same = isForSame(host, addressed, asked);
    boolean hasTarget = clientRun.host() != null || clientRun.isToAddress();
    if (!same && hasTarget && !turn(request, at)) {
      return;
    }
    if (!same && host != null) {
      Evidence kind = asked == Asked.TUNNEL ? Evidence.PROXY : Evidence.HTTP;
      clientRun.named(kind, host, number, time);
    } else if (!same) {
      clientRun.setToAddress();
    }
    if (asked != Asked.SERVER) {
      clientRun.setProxied();
    }
  }

  /** Whether a request is for whom those before it in the run are: addresses are not told apart. */
  private boolean isForSame(@Nullable String host, boolean addressed, Asked asked) {
    if (host != null) {
      return host.equals(clientRun.host());
    }
    return !addressed || (asked != Asked.TUNNEL && clientRun.isToAddress());
  }

  /** The client begins a run; false when there are too many. */
  private boolean turn(int request, long at) {
    if (++runs > RUNS_LIMIT) {
      return false;
    }
    Run run = new Run(request);
    clientRun.setNext(run);
    clientRun = run;
    turned(true, at);
    return true;
  }

  @Override
  public void response(int request, long at) {
    Run run = serverRun;
    Run next = run.next();
    while (next != null && next.firstRequest() <= request) {
      run = next;
      next = run.next();
    }
    if (run != serverRun) {
      serverRun = run;
      turned(false, at);
    }
  }

  private void turned(boolean client, long at) {
    if (client == fromClient && at <= offset) {
      packetRun = run(client);
    }
  }

  @Override
  public void end(End why) {
    end = why;
  }
}
