package imon.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.flow.row.RowType;
import imon.pcap.Anomaly;
import imon.samples.Tape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A connection to a proxy on tape: what each side says next, sequence numbers and acknowledgements
 * by themselves.
 */
final class HttpTape {
  static final String CLIENT = "10.0.0.1:50000";
  static final String PROXY = "203.0.113.1:3128";

  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int SOURCE_AT = 12;
  private static final byte CLIENT_NET = 10;

  private final Tape tape = new Tape();
  private final String proxy;
  private long clientNext;
  private long serverNext;

  private HttpTape(String proxy) {
    this.proxy = proxy;
  }

  /** The handshake, three packets; both sides begin with these sequence numbers. */
  static HttpTape open(long client, long server) {
    return open(PROXY, client, server);
  }

  private static HttpTape open(String proxy, long client, long server) {
    HttpTape tape = new HttpTape(proxy);
    tape.tape.syn(CLIENT, proxy, client).synAck(proxy, CLIENT, server, (client + 1) & 0xffff_ffffL);
    tape.clientNext = (client + 1) & 0xffff_ffffL;
    tape.serverNext = (server + 1) & 0xffff_ffffL;
    return tape.bare(true);
  }

  static HttpTape open() {
    return open(1000, 5000);
  }

  /** Both ends are local. */
  static HttpTape openAtHome() {
    return open("10.0.0.2:3128", 1000, 5000);
  }

  Tape tape() {
    return tape;
  }

  /** The client sends this in one segment. */
  HttpTape up(String text) {
    return up(text, 0).lostUp(text.length());
  }

  /** The server sends this in one segment. */
  HttpTape down(String text) {
    return down(text, 0).lostDown(text.length());
  }

  /** A segment from so many bytes after the client's place, which stays. */
  HttpTape up(String text, int ahead) {
    tape.data(CLIENT, proxy, clientNext + ahead & 0xffff_ffffL, serverNext, bytes(text));
    return this;
  }

  /** A segment from so many bytes after the server's place, which stays. */
  HttpTape down(String text, int ahead) {
    tape.data(proxy, CLIENT, serverNext + ahead & 0xffff_ffffL, clientNext, bytes(text));
    return this;
  }

  /** The client's place moves on. */
  HttpTape lostUp(long count) {
    clientNext = clientNext + count & 0xffff_ffffL;
    return this;
  }

  /** The server's place moves on. */
  HttpTape lostDown(long count) {
    serverNext = serverNext + count & 0xffff_ffffL;
    return this;
  }

  /** A segment without data. */
  HttpTape bare(boolean fromClient) {
    if (fromClient) {
      tape.data(CLIENT, proxy, clientNext, serverNext, new byte[0]);
    } else {
      tape.data(proxy, CLIENT, serverNext, clientNext, new byte[0]);
    }
    return this;
  }

  /** Both sides end, three packets, the client first. */
  HttpTape close() {
    tape.fin(CLIENT, proxy, clientNext++, serverNext).fin(proxy, CLIENT, serverNext++, clientNext);
    return bare(true);
  }

  /**
   * What a run of these packets, by number, counts: {@code up packets:bytes down packets:bytes}.
   */
  String counts(int... numbers) {
    ByteBuffer file = ByteBuffer.wrap(tape.pcap()).order(ByteOrder.LITTLE_ENDIAN);
    long[] counts = new long[4];
    int number = 0;
    for (int at = FILE_HEADER; at < file.limit(); at += RECORD_HEADER + file.getInt(at + 8)) {
      number++;
      if (IntStream.of(numbers).anyMatch(Integer.valueOf(number)::equals)) {
        boolean up = file.get(at + RECORD_HEADER + SOURCE_AT) == CLIENT_NET;
        counts[up ? 0 : 2]++;
        counts[up ? 1 : 3] += file.getInt(at + 12);
      }
    }
    return "%d:%d %d:%d".formatted(counts[0], counts[1], counts[2], counts[3]);
  }

  /** A run of these packets, as {@link #runs} says it. */
  String run(String host, int... packets) {
    return packets[0] + " " + host + " " + counts(packets);
  }

  String run(String host, IntStream packets) {
    return run(host, packets.toArray());
  }

  /** The packets from one to another, both of them. */
  static IntStream packets(int first, int last) {
    return IntStream.rangeClosed(first, last);
  }

  /** First packet, hosts and counts of each row of flows. */
  static List<String> runs(Tracked tracked) {
    return tracked.rows(RowType.FLOW).stream()
        .map(row -> row.get("packet") + " " + hosts(tracked, row) + " " + counts(row))
        .toList();
  }

  private static String hosts(Tracked tracked, Map<String, String> flow) {
    return tracked.rows(RowType.EVIDENCE).stream()
        .filter(row -> row.get("packet").equals(flow.get("packet")))
        .map(row -> row.get("host"))
        .collect(Collectors.joining(","));
  }

  private static String counts(Map<String, String> row) {
    return "%s:%s %s:%s"
        .formatted(
            row.get("up_packets"),
            row.get("up_bytes"),
            row.get("down_packets"),
            row.get("down_bytes"));
  }

  /** Checks the rows, and how often the borders were lost or the runs too many. */
  void assertRuns(int lost, int limit, String... runs) throws IOException {
    Tracked tracked = Tracked.of(tape);
    assertEquals(String.join("\n", runs), String.join("\n", runs(tracked)));
    assertEquals(lost, tracked.anomalies().count(Anomaly.HTTP_BORDERS_LOST));
    assertEquals(limit, tracked.anomalies().count(Anomaly.HTTP_RUNS_LIMIT));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** A request through a proxy. */
  static String get(String host) {
    return "GET http://" + host + "/ HTTP/1.1\r\n\r\n";
  }

  /** A response with a body of so many bytes. */
  static String ok(int length) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length);
  }
}
