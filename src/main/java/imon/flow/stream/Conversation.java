package imon.flow.stream;

import imon.flow.recent.OpenStates;
import imon.flow.recent.StreamStart;
import imon.http.HttpMessages;
import imon.http.HttpRequest;
import imon.http.MessageEvents.End;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP connection, followed from its first request on by sequence numbers: tells which {@link
 * Run} each packet belongs to. Bytes that were seen before are not read again; of a body nothing is
 * kept, and what was not captured of it does no harm. Segments before their turn wait, as do
 * responses for the request they answer; the borders are lost when one waits in vain.
 */
public final class Conversation {
  /** What became of it. */
  public enum State {
    FOLLOWED,
    /** Something else than HTTP follows, in the same run. */
    OVER,
    /** What follows is meant for the host of a CONNECT, and may name itself. */
    TUNNEL,
    /** The borders cannot be told any more. */
    LOST,
    /** More runs than are told apart. */
    TOO_MANY_RUNS
  }

  private static final long NOTHING_WAITS = Long.MAX_VALUE;

  private final HttpMessages messages;
  private final Turns turns;
  private final Side client;
  private final Side server;

  /** The tick of the capture since which some bytes wait for others. */
  private long waitingSince = NOTHING_WAITS;

  private boolean lost;
  private boolean awaitsServer;

  /** One direction: how far it was read, and what waits. */
  private static final class Side {
    final boolean isClient;
    int next;
    long offset;
    @Nullable HeldSegments held;

    Side(boolean isClient, int next) {
      this.isClient = isClient;
      this.next = next;
    }

    boolean isMissingBytes() {
      return held != null && held.sequence(held.earliest()) - next > 0;
    }

    void advance(int count) {
      next += count;
      offset += count;
    }
  }

  /**
   * @param reader may serve other conversations of the same thread
   * @param first the run of the first request
   * @param clientNext sequence number of the first request's first byte
   * @param serverNext sequence number of the first byte of the response to it
   */
  public Conversation(HttpRequest reader, Run first, int clientNext, int serverNext) {
    messages = new HttpMessages(reader);
    turns = new Turns(first);
    client = new Side(true, clientNext);
    server = new Side(false, serverNext);
  }

  /** The request came before the server said where it begins: in a SYN (RFC 7413). */
  public void awaitServer() {
    awaitsServer = true;
  }

  /** Tells the sequence number behind the server's SYN or, without it, that of its first data. */
  public void serverBegins(int sequence) {
    if (awaitsServer) {
      server.next = sequence;
      awaitsServer = false;
    }
  }

  /**
   * Reads the data of a packet, {@code buffer[offset, limit)} as far as it was captured; valid for
   * this call only. The run that the packet belongs to is that of its first byte; if that is not
   * known yet, the one its sender is in.
   */
  public Run read(
      boolean fromClient,
      int sequence,
      byte[] buffer,
      int offset,
      int limit,
      long number,
      long tick,
      long time) {
    Side side = fromClient ? client : server;
    turns.packet(fromClient, side.offset + (sequence - side.next), number, time);
    if (isWaitingTooLong(tick)) {
      lost = true;
    } else if (take(side, sequence, buffer, offset, limit)) {
      takeHeld();
    } else {
      hold(side, sequence, buffer, offset, limit);
    }
    noteWaiting(tick);
    return turns.packetRun();
  }

  /** The run that the client, or the server, is in. */
  public Run run(boolean ofClient) {
    return turns.run(ofClient);
  }

  /** Whether a CONNECT has no answer so far: whatever follows may be its tunnel. */
  public boolean isConnecting() {
    return messages.isConnecting();
  }

  /** What follows in a direction behind all that was read, with the segments that wait. */
  public StreamStart rest(boolean ofClient) {
    Side side = ofClient ? client : server;
    StreamStart rest = new StreamStart(side.next);
    if (side.held != null) {
      side.held.addTo(rest);
    }
    return rest;
  }

  /** What {@link #read} made of it so far. */
  public State state() {
    End end = turns.end();
    if (turns.isOverLimit()) {
      return State.TOO_MANY_RUNS;
    } else if (lost || end == End.LOST) {
      return isConnecting() ? State.TUNNEL : State.LOST;
    } else if (end == null) {
      return State.FOLLOWED;
    }
    return end == End.TUNNEL ? State.TUNNEL : State.OVER;
  }

  /** Whether bytes of a side wait for others before them, which have not come so far. */
  public boolean isMissingBytes(boolean ofClient) {
    return (ofClient ? client : server).isMissingBytes();
  }

  /**
   * Whether bytes have waited for others in vain for {@link OpenStates#DISTANCE} ticks of the
   * capture.
   */
  public boolean isWaitingTooLong(long tick) {
    return tick - waitingSince > OpenStates.DISTANCE;
  }

  /** Reads on with a segment; false when its turn has not come. */
  private boolean take(Side side, int sequence, byte[] buffer, int offset, int limit) {
    int ahead = sequence - side.next;
    if (ahead > 0) {
      if (!messages.missing(side.isClient, ahead)) {
        return false;
      }
      side.advance(ahead);
    }
    int known = side.next - sequence;
    // Negative where it is as far behind as sequence numbers go.
    if (known < 0 || known >= limit - offset) {
      return true;
    }
    int from = offset + known;
    if (!side.isClient && messages.awaitsRequest()) {
      return false;
    }
    int read =
        side.isClient
            ? messages.fromClient(buffer, from, limit, turns)
            : messages.fromServer(buffer, from, limit, turns);
    side.advance(read - from);
    return true;
  }

  private void hold(Side side, int sequence, byte[] buffer, int offset, int limit) {
    if (side.held == null) {
      side.held = new HeldSegments();
    }
    lost = !side.held.add(sequence, buffer, offset, limit);
  }

  /** Something was read: maybe the turn of others has come. */
  private void takeHeld() {
    while (takeHeld(client) || takeHeld(server)) {
      // As long as one makes way for another.
    }
  }

  private boolean takeHeld(Side side) {
    HeldSegments held = side.held;
    if (held == null || messages.isEnded()) {
      return false;
    }
    int place = held.earliest();
    byte[] segment = held.segment(place);
    if (!take(side, held.sequence(place), segment, 0, segment.length) || messages.isEnded()) {
      return false;
    }
    held.remove(place);
    if (held.isEmpty()) {
      side.held = null;
    }
    return true;
  }

  private void noteWaiting(long tick) {
    boolean waits = client.held != null || server.held != null || messages.isInHeader();
    if (!waits) {
      waitingSince = NOTHING_WAITS;
    } else if (waitingSince == NOTHING_WAITS) {
      waitingSince = tick;
    }
  }
}
