package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.row.RowType;
import imon.samples.Tape;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The minutes of flows. */
class FlowMinutesTest {
  private static final String CLIENT = "10.0.0.1:50000";
  private static final String SERVER = "203.0.113.1:443";
  private static final long MINUTE = 60 * Tape.SECOND;
  private static final int HEADERS = 28;

  private final Tape tape = new Tape();

  @Test
  void aFlowWithinOneMinuteHasNoSlices() throws IOException {
    tape.udp(CLIENT, SERVER, new byte[1]).after(MINUTE - 1).udp(CLIENT, SERVER, new byte[1]);
    Tracked tracked = Tracked.of(tape);
    assertEquals(List.of("0"), tracked.of(RowType.FLOW, "sliced"));
    assertEquals(List.of(), tracked.rows(RowType.SLICE));
  }

  @Test
  void eachMinuteHasItsOwnPacketsAndBytes() throws IOException {
    tape.udp(CLIENT, SERVER, new byte[10]).after(MINUTE);
    tape.udp(SERVER, CLIENT, new byte[20]).udp(CLIENT, SERVER, new byte[30]).after(2 * MINUTE);
    tape.udp(SERVER, CLIENT, new byte[40]);
    long first = Tape.START / MINUTE;
    Tracked tracked = Tracked.of(tape);
    assertEquals(List.of("1"), tracked.of(RowType.FLOW, "sliced"));
    assertEquals(
        List.of(
            "1 " + first + " 1 38 0 0",
            "1 " + (first + 1) + " 1 58 1 48",
            "1 " + (first + 3) + " 0 0 1 68"),
        tracked.of(
            RowType.SLICE,
            "packet",
            "minute",
            "forward_packets",
            "forward_bytes",
            "backward_packets",
            "backward_bytes"));
  }

  @Test
  void forwardIsTheDirectionOfTheFirstPacketWhoeverTheClientIs() throws IOException {
    tape.udp(SERVER, CLIENT, new byte[10]).after(MINUTE).udp(CLIENT, SERVER, new byte[20]);
    Tracked tracked = Tracked.of(tape);
    assertEquals(List.of("10.0.0.1 1"), tracked.of(RowType.FLOW, "client", "reversed"));
    assertEquals(
        List.of("38 0", "0 48"), tracked.of(RowType.SLICE, "forward_bytes", "backward_bytes"));
  }

  @Test
  void aFlowThatIsSplitBeginsItsSlicesAnew() throws IOException {
    tape.udp(CLIENT, SERVER, new byte[10]).after(MINUTE).udp(CLIENT, SERVER, new byte[20]);
    tape.after(3 * MINUTE).udp(CLIENT, SERVER, new byte[30]).after(MINUTE);
    tape.udp(CLIENT, SERVER, new byte[40]);
    assertEquals(
        List.of("1 38", "1 48", "3 58", "3 68"),
        Tracked.of(tape).of(RowType.SLICE, "packet", "forward_bytes"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void minutesOfManyFlowsAddUpAlsoWhenTimeGoesBack(int seed) throws IOException {
    Map<String, Long> model = new TreeMap<>();
    Random random = new Random(seed);
    long time = Tape.START;
    for (int i = 0; i < 2000; i++) {
      long step = 5 * Tape.SECOND * (random.nextInt(9) - 4);
      time += step;
      int flow = random.nextInt(5);
      byte[] data = new byte[random.nextInt(100)];
      String client = "10.0.0." + flow + ":50000";
      boolean up = random.nextBoolean();
      tape.after(step).udp(up ? client : SERVER, up ? SERVER : client, data);
      String key = "10.0.0." + flow + " " + time / MINUTE + (up ? " up" : " down");
      model.merge(key, (long) data.length + HEADERS, Long::sum);
    }
    assertEquals(model, minutes(Tracked.of(tape)));
  }

  /** Bytes by client, minute and direction, as a view sums them up from flows and slices. */
  private static Map<String, Long> minutes(Tracked tracked) {
    Map<String, Long> minutes = new TreeMap<>();
    Map<String, Map<String, String>> flows = new TreeMap<>();
    for (Map<String, String> flow : tracked.rows(RowType.FLOW)) {
      flows.put(flow.get("packet"), flow);
      if (flow.get("sliced").equals("0")) {
        String key = flow.get("client") + " " + Long.parseLong(flow.get("start_time")) / MINUTE;
        add(minutes, key + " up", flow.get("up_bytes"));
        add(minutes, key + " down", flow.get("down_bytes"));
      }
    }
    for (Map<String, String> slice : tracked.rows(RowType.SLICE)) {
      Map<String, String> flow = flows.getOrDefault(slice.get("packet"), Map.of());
      boolean reversed = "1".equals(flow.get("reversed"));
      assertEquals("1", flow.get("sliced"));
      String key = flow.get("client") + " " + slice.get("minute");
      add(minutes, key + (reversed ? " down" : " up"), slice.get("forward_bytes"));
      add(minutes, key + (reversed ? " up" : " down"), slice.get("backward_bytes"));
    }
    return minutes;
  }

  private static void add(Map<String, Long> minutes, String key, String bytes) {
    long count = Long.parseLong(bytes);
    assertTrue(count >= 0);
    if (count > 0) {
      minutes.merge(key, count, Long::sum);
    }
  }
}
