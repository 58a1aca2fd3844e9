package imon.samples;

import java.util.Arrays;
import java.util.Random;

/**
 * A TCP connection told step by step: who sends what, in which order the segments pass the capture
 * point, and which pass twice. Sequence numbers, acknowledgements and times follow by themselves.
 */
final class TcpConversation {
  /** Captured bytes of a bulk packet: its headers and little more. */
  static final int BULK_SNAP = 96;

  private static final long HALF_ROUND_TRIP = 9_000_000;
  private static final int ACKNOWLEDGE_EVERY = 2;

  private Scene scene;
  private ExpectedFlow flow;
  private final Random random;
  private ExpectedFlow clientRun;
  private ExpectedFlow serverRun;
  private long time;
  private long lastSent;
  private int segmentSize;
  private int snap = Scene.WHOLE;
  private long clientNext;
  private long serverNext;

  /** {@code start}: when its first packet is sent, in nanoseconds since 1970. */
  TcpConversation(Scene scene, ExpectedFlow flow, long start) {
    this.scene = scene;
    this.flow = flow;
    clientRun = flow;
    serverRun = flow;
    random = scene.random();
    time = start;
    segmentSize = flow.client().host().isV4() ? 1460 : 1440;
    clientNext = random.nextInt() & 0xffff_ffffL;
    serverNext = random.nextInt() & 0xffff_ffffL;
  }

  /** From here on a segment carries at most so many bytes. */
  TcpConversation segmentsOf(int size) {
    segmentSize = size;
    return this;
  }

  /** From here on packets are cut to so many captured bytes. */
  TcpConversation cutTo(int snapLength) {
    snap = snapLength;
    return this;
  }

  /** From here on the client's data is of this flow between the same ends. */
  TcpConversation clientTurnsTo(ExpectedFlow run) {
    clientRun = run;
    return this;
  }

  /** From here on the server's data is of this flow between the same ends. */
  TcpConversation serverTurnsTo(ExpectedFlow run) {
    serverRun = run;
    return this;
  }

  /** The client sends one segment; what follows it is of another flow between the same ends. */
  TcpConversation clientSendsAndTurnsTo(ExpectedFlow run, byte[] message) {
    turn();
    segment(true, clientNext, message, 0);
    setNext(true, clientNext + message.length);
    clientTurnsTo(run).acknowledge(false);
    return this;
  }

  /** As {@link #clientSendsAndTurnsTo}, of the server. */
  TcpConversation serverSendsAndTurnsTo(ExpectedFlow run, byte[] message) {
    turn();
    segment(false, serverNext, message, 0);
    setNext(false, serverNext + message.length);
    serverTurnsTo(run).acknowledge(true);
    return this;
  }

  /** The server sends so many bytes that the capture misses. */
  TcpConversation serverSendsUnseen(int count) {
    setNext(false, serverNext + count);
    return this;
  }

  /** As {@link #clientSendsInOrder}, of the server. */
  TcpConversation pause(double seconds) {
    time += Math.round(seconds * 1e9);
    return this;
  }

  /** The moment so many seconds after the last packet. */
  long silentFor(double seconds) {
    return lastSent + Math.round(seconds * 1e9);
  }

  /** The client acknowledges what it has, as one does to keep a connection alive. */
  TcpConversation acknowledgesAgain() {
    acknowledge(true);
    return this;
  }

  /** The same connection from then on, in another scene or as another part of it. */
  TcpConversation goesOn(Scene nextScene, ExpectedFlow part, long start) {
    scene = nextScene;
    flow = part;
    clientRun = part;
    serverRun = part;
    time = start;
    return this;
  }

  /** The handshake. */
  TcpConversation open() {
    syn();
    return accept();
  }

  /** Only the client's SYN, which may be sent again. */
  TcpConversation syn() {
    control(true, Transports.SYN, clientNext, 0);
    return this;
  }

  /** The rest of the handshake after a SYN. */
  TcpConversation accept() {
    clientNext++;
    turn();
    control(false, Transports.SYN | Transports.ACK, serverNext++, clientNext);
    turn();
    acknowledge(true);
    return this;
  }

  /** The client sends all of {@code message}, in order. */
  TcpConversation clientSends(byte[] message) {
    return sends(true, message, inOrder(message.length));
  }

  TcpConversation serverSends(byte[] message) {
    return sends(false, message, inOrder(message.length));
  }

  /** As {@link #clientSends(byte[])}, but segments pass in this order; an index may come twice. */
  TcpConversation clientSendsInOrder(byte[] message, int... order) {
    return sends(true, message, order);
  }

  TcpConversation serverSendsInOrder(byte[] message, int... order) {
    return sends(false, message, order);
  }

  /** Bulk data from the server, with a loss or a swap now and then; its packets are cut. */
  TcpConversation serverStreams(byte[] message) {
    return streams(false, message);
  }

  TcpConversation clientStreams(byte[] message) {
    return streams(true, message);
  }

  /** Both sides finish. */
  void close() {
    turn();
    control(true, Transports.FIN | Transports.ACK, clientNext++, serverNext);
    turn();
    control(false, Transports.FIN | Transports.ACK, serverNext++, clientNext);
    turn();
    acknowledge(true);
  }

  /** The server refuses or gives up. */
  void reset() {
    turn();
    control(false, Transports.RST | Transports.ACK, serverNext, clientNext);
  }

  private TcpConversation streams(boolean up, byte[] message) {
    int before = snap;
    snap = BULK_SNAP;
    sends(up, message, disturbed(inOrder(message.length)));
    snap = before;
    return this;
  }

  private TcpConversation sends(boolean up, byte[] message, int[] order) {
    long first = up ? clientNext : serverNext;
    boolean[] arrived = new boolean[segmentCount(message.length)];
    turn();
    for (int i = 0; i < order.length; i++) {
      segment(up, first, message, order[i]);
      arrived[order[i]] = true;
      boolean last = i == order.length - 1;
      setNext(up, first + contiguous(arrived, message.length));
      if (last || i % ACKNOWLEDGE_EVERY == 1) {
        acknowledge(!up);
      }
    }
    return this;
  }

  private void segment(boolean up, long first, byte[] message, int index) {
    int begin = index * segmentSize;
    int end = Math.min(message.length, begin + segmentSize);
    int flags = Transports.ACK | (end == message.length ? Transports.PSH : 0);
    byte[] data = Arrays.copyOfRange(message, begin, end);
    transmit(up, new Transports.Control(first + begin, up ? serverNext : clientNext, flags), data);
  }

  private void acknowledge(boolean up) {
    control(up, Transports.ACK, up ? clientNext : serverNext, up ? serverNext : clientNext);
  }

  private void control(boolean up, int flags, long sequence, long acknowledgement) {
    transmit(up, new Transports.Control(sequence, acknowledgement, flags), new byte[0]);
  }

  private void transmit(boolean up, Transports.Control control, byte[] data) {
    Endpoint from = up ? flow.client() : flow.server();
    Endpoint to = up ? flow.server() : flow.client();
    lastSent = time;
    ExpectedFlow run = run(up, control.flags(), data.length > 0);
    scene.send(run, up, time, Transports.tcp(from, to, control, data), snap);
    time += 40_000 + random.nextInt(160_000);
  }

  /** What has no data answers the other side; what ends the connection belongs to the last run. */
  private ExpectedFlow run(boolean up, int flags, boolean hasData) {
    boolean ends = (flags & (Transports.FIN | Transports.RST)) != 0;
    return hasData == up || (ends && !hasData) ? clientRun : serverRun;
  }

  private void turn() {
    time += HALF_ROUND_TRIP + random.nextInt(2_000_000);
  }

  private void setNext(boolean up, long sequence) {
    if (up) {
      clientNext = sequence;
    } else {
      serverNext = sequence;
    }
  }

  private int segmentCount(int length) {
    return (length + segmentSize - 1) / segmentSize;
  }

  private int[] inOrder(int length) {
    int[] order = new int[segmentCount(length)];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    return order;
  }

  /** How many bytes have arrived without a gap. */
  private long contiguous(boolean[] arrived, int length) {
    int count = 0;
    while (count < arrived.length && arrived[count]) {
      count++;
    }
    return Math.min((long) count * segmentSize, length);
  }

  /** Swaps neighbours or repeats a segment, each about once in fifty. */
  private int[] disturbed(int[] order) {
    int[] result = new int[order.length * 2];
    int count = 0;
    for (int i = 0; i < order.length; i++) {
      int chance = random.nextInt(100);
      if (chance < 2 && i + 1 < order.length) {
        result[count++] = order[i + 1];
        result[count++] = order[i++];
      } else {
        result[count++] = order[i];
      }
      if (chance >= 98) {
        result[count++] = order[i];
      }
    }
    return Arrays.copyOf(result, count);
  }
}
