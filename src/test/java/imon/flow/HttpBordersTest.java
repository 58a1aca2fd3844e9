package imon.flow;

import static imon.flow.HttpTape.get;
import static imon.flow.HttpTape.ok;
import static imon.flow.HttpTape.packets;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.row.RowType;
import imon.pcap.Anomaly;
import imon.samples.Tape;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the runs of an HTTP connection are told apart when its packets come disturbed. */
class HttpBordersTest {
  private static final int RUNS_LIMIT = 1024;

  /** The packets of the handshake. */
  private static final int OPEN = 3;

  private HttpTape http = HttpTape.open();

  @Test
  void repeatedSegmentsAreNotReadTwice() throws IOException {
    http.up(get("a"), 0).up(get("a")).down(ok(5), 0).down(ok(5));
    http.up(get("b"), 0).up(get("b")).down(ok(5), 0).down(ok(5), 0).down(ok(5));
    http.assertRuns(0, 0, http.run("a", packets(1, 7)), http.run("b", packets(8, 12)));
    http.up(get("b"), -get("b").length()).down(ok(5), -ok(5).length());
    http.assertRuns(0, 0, http.run("a", packets(1, 7)), http.run("b", packets(8, 14)));
  }

  /** As where the two directions of a line are captured by two ports. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theFirstResponseMayBeCapturedBeforeItsRequest(int segments) throws IOException {
    http.up(get("a"));
    String response = ok(60);
    int length = response.length() / segments;
    for (int i = 0; i < segments; i++) {
      http.down(
          response.substring(i * length, i == segments - 1 ? response.length() : (i + 1) * length));
    }
    int answered = http.tape().size();
    http.up(get("b")).down(ok(5)).up(get("c")).down(ok(6));
    int[] order = IntStream.range(0, answered + 4).toArray();
    for (int i = OPEN; i < OPEN + segments; i++) {
      order[i] = i + 1;
    }
    order[OPEN + segments] = OPEN;
    http.tape().only(order);
    http.assertRuns(
        0,
        0,
        http.run("a", packets(1, answered)),
        http.run("b", answered + 1, answered + 2),
        http.run("c", answered + 3, answered + 4));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, Integer.MIN_VALUE + 1, Integer.MIN_VALUE + 200})
  void aSegmentHalfTheSequenceNumbersAwayDoesNoHarm(int away) throws IOException {
    http.up(get("a")).down(ok(5)).up("x", away).down("x", away).up(get("b")).down(ok(6));
    http.assertRuns(0, 0, http.run("a", packets(1, 7)), http.run("b", 8, 9));
  }

  @Test
  void aSegmentThatRepeatsTheEndOfARunBelongsToIt() throws IOException {
    http.up(get("a")).down(ok(5));
    http.up(get("a") + get("b"), -get("a").length()).lostUp(get("b").length());
    http.down(ok(6));
    http.assertRuns(0, 0, http.run("a", packets(1, 6)), http.run("b", packets(7, 7)));
  }

  @Test
  void requestsOutOfOrderAreReadWhenTheirTurnComes() throws IOException {
    int gap = get("b").length();
    http.up(get("a")).down(ok(5));
    http.up(get("c"), gap).up(get("b")).lostUp(get("c").length());
    http.down(ok(6)).down(ok(7));
    http.assertRuns(0, 0, http.run("a", packets(1, 6)), http.run("b", 7, 8), http.run("c", 9));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0xffff_ffffL, 0xffff_ffc0L, 0x7fff_ffe0L})
  void sequenceNumbersMayWrap(long initial) throws IOException {
    http = HttpTape.open(initial, initial);
    http.up(get("a")).down(ok(50)).up(get("b")).down(ok(60)).up(get("c")).down(ok(70)).close();
    http.assertRuns(
        0, 0, http.run("a", packets(1, 5)), http.run("b", 6, 7), http.run("c", packets(8, 12)));
  }

  @Test
  void aResponseThatPassesBeforeItsRequestWaitsForIt() throws IOException {
    http.up(get("a")).down(ok(5)).down(ok(6)).up(get("b")).bare(false).down(ok(7), 0);
    http.assertRuns(0, 0, http.run("a", packets(1, 6)), http.run("b", packets(7, 9)));
  }

  @Test
  void aHeaderInPiecesIsReadAsSoonAsItsHostIsKnown() throws IOException {
    String request = get("b");
    http.up(get("a")).down(ok(5));
    http.up(request.substring(0, 25)).up(request.substring(25)).down(ok(5));
    http.assertRuns(0, 0, http.run("a", packets(1, 5)), http.run("b", packets(6, 8)));
  }

  @Test
  void lostBytesOfABodyDoNoHarm() throws IOException {
    http.up(get("a")).down(ok(3_000_000_00).substring(0, 500)).lostDown(100_000);
    http.down("x".repeat(1000)).lostDown(ok(3_000_000_00).length() - 101_500);
    http.up(get("b")).down(ok(7));
    http.assertRuns(0, 0, http.run("a", packets(1, 6)), http.run("b", 7, 8));
  }

  @Test
  void aLostHeaderGivesTheRestToTheRunThatWasLast() throws IOException {
    http.up(get("a")).down(ok(5)).up(get("b")).lostDown(10);
    for (int i = 0; i < 20; i++) {
      http.down(ok(7));
    }
    http.up(get("c")).down(ok(8)).close();
    http.assertRuns(
        1,
        0,
        http.run("a", IntStream.concat(packets(1, 5), packets(7, 23))),
        http.run("b", IntStream.concat(IntStream.of(6), packets(24, 31))));
  }

  @Test
  void aConnectionThatEndsBehindALostRequestHasLostItsBorders() throws IOException {
    http.up(get("a")).down(ok(5)).lostUp(get("b").length()).down(ok(6)).up(get("b")).down(ok(7));
    http.close();
    http.assertRuns(1, 0, http.run("a", packets(1, http.tape().size())));
  }

  @Test
  void aCutResponseOfAnOnlyHostLosesNoBorders() throws IOException {
    http.up(get("a")).lostDown(10).down("x".repeat(100)).close();
    http.assertRuns(0, 0, http.run("a", packets(1, http.tape().size())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0016\u0003\u0001", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n"})
  void whatIsNoHttpGivesTheRestToTheRunThatWasLast(String junk) throws IOException {
    http.up(get("a")).down(ok(5)).up(get("b")).down(ok(5)).up(junk).up(get("c")).down(ok(6));
    http.assertRuns(1, 0, http.run("a", packets(1, 5)), http.run("b", packets(6, 10)));
  }

  @Test
  void aConnectionJoinedMidwayHasTheEndOfAResponseApartFromItsFirstRequest() throws IOException {
    http.up(get("old")).down(ok(5)).bare(true).up(get("a")).down(ok(5)).up(get("b")).down(ok(6));
    http.tape().only(4, 5, 6, 7, 8, 9);
    http.assertRuns(
        0, 0, http.run("", packets(1, 2)), http.run("a", packets(3, 4)), http.run("b", 5, 6));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 14, 15, 40})
  void aConnectionJoinedWithinAnUploadHasItsEndApartFromTheFirstRequest(int segments)
      throws IOException {
    http.up("PUT http://a/ HTTP/1.1\r\nContent-Length: " + 100 * segments + "\r\n\r\n");
    for (int i = 0; i < segments; i++) {
      http.up("x".repeat(100));
    }
    http.down(ok(5)).up(get("b")).down(ok(900)).up(get("c")).down(ok(6));
    http.tape().only(IntStream.range(OPEN + 1, OPEN + segments + 6).toArray());
    int request = segments + 2;
    http.assertRuns(
        0,
        0,
        http.run("", packets(1, request - 1)),
        http.run("b", request, request + 1),
        http.run("c", request + 2, request + 3));
  }

  @Test
  void oneDirectionAloneIsEnough() throws IOException {
    http.up(get("a")).down(ok(5)).bare(true).up(get("b")).down(ok(6)).bare(true);
    http.tape().only(0, 2, 3, 5, 6, 8);
    http.assertRuns(0, 0, http.run("a", 1, 2, 3, 4, 6), http.run("b", 5));
  }

  @Test
  void beyondTheLimitTheLastRunHasTheRest() throws IOException {
    String[] runs = new String[RUNS_LIMIT];
    for (int i = 0; i < RUNS_LIMIT + 5; i++) {
      http.up(get("h" + i)).down(ok(1));
    }
    int last = OPEN + 2 * RUNS_LIMIT - 1;
    for (int i = 0; i < RUNS_LIMIT; i++) {
      int first = OPEN + 1 + 2 * i;
      int from = i == 0 ? 1 : first;
      int to = first == last ? http.tape().size() : first + 1;
      runs[i] = http.run("h" + i, packets(from, to));
    }
    http.assertRuns(0, 1, runs);
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 20, (1 << 20) + 1})
  void aConnectionMayBeSilentForALimitedNumberOfPackets(int others) throws IOException {
    http.up(get("a")).down(ok(5));
    for (int i = 1; i < others; i++) {
      http.tape().undecodable();
    }
    http.up(get("b")).down(ok(6));
    boolean kept = others <= Runs.IDLE_LIMIT;
    assertEquals(kept ? 2 : 1, Tracked.of(http.tape()).of(RowType.FLOW, "packet").size());
    assertEquals(
        kept ? 0 : 1, Tracked.of(http.tape()).anomalies().count(Anomaly.HTTP_BORDERS_LOST));
  }

  @Test
  void whateverPassesEveryPacketIsInOneRunForAnyNumberOfWorkers() throws IOException {
    long flows = 0;
    for (int seed = 0; seed < 60; seed++) {
      http = HttpTape.open(seed * 77_777_777L & 0xffff_ffffL, seed);
      disturb(new Random(seed));
      byte[] capture = http.tape().pcap();
      Tracked tracked = Tracked.of(capture, 1);
      String all = http.counts(packets(1, http.tape().size()).toArray());
      assertEquals(all, sum(tracked), "seed " + seed);
      assertEquals(tracked.facts(), Tracked.of(capture, 3).facts(), "seed " + seed);
      flows += tracked.rows(RowType.FLOW).size();
    }
    assertTrue(flows > 300, flows + " flows");
  }

  private static String sum(Tracked tracked) {
    long[] sums = new long[4];
    for (Map<String, String> row : tracked.rows(RowType.FLOW)) {
      sums[0] += Long.parseLong(row.get("up_packets"));
      sums[1] += Long.parseLong(row.get("up_bytes"));
      sums[2] += Long.parseLong(row.get("down_packets"));
      sums[3] += Long.parseLong(row.get("down_bytes"));
    }
    return "%d:%d %d:%d".formatted(sums[0], sums[1], sums[2], sums[3]);
  }

  /** Requests and responses, now and then repeated, swapped, missing, or silent for a while. */
  private void disturb(Random random) {
    for (int i = 0; i < 40; i++) {
      String host = "h" + random.nextInt(4);
      String request = get(host).repeat(1 + random.nextInt(2));
      http.up(request, random.nextInt(20) == 0 ? 3 : 0).lostUp(request.length());
      String response = ok(random.nextInt(3000));
      int half = response.length() / 2;
      http.down(response.substring(half), half).down(response.substring(0, half), 0);
      http.lostDown(response.length()).bare(random.nextBoolean());
      if (request.length() > get(host).length()) {
        http.down(ok(7));
      }
      http.tape().after(random.nextInt(10) == 0 ? 45 * Tape.SECOND : 1);
    }
    http.close();
  }
}
