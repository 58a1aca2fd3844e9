package imon.flow;

import static imon.flow.HttpTape.get;
import static imon.flow.HttpTape.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.Lists;
import imon.flow.option.FactOptions;
import imon.flow.recent.OpenStates;
import imon.flow.row.RowType;
import imon.samples.Tape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits for more packets is given up when others have brought too many bytes meanwhile. */
class KeptBytesTest {
  private static final String CLIENT = "10.0.0.1:50000";
  private static final String SERVER = "203.0.113.1:443";
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;

  /** The longest frame that is one tick. */
  private static final int USUAL = 1535;

  private static final int LARGE = 64 * 1024;

  /** So many records of so many bytes, of no protocol, behind each of the first few packets. */
  private static Supplier<InputStream> apart(Tape tape, int count, int length, int... places) {
    byte[] packets = tape.pcap();
    byte[] record = new byte[RECORD_HEADER + length];
    ByteBuffer.wrap(record)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(packets, FILE_HEADER, Long.BYTES)
        .putInt(length)
        .putInt(length);
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int place : places) {
      int end = end(packets, place);
      parts.add(Arrays.copyOfRange(packets, from, end));
      parts.addAll(Collections.nCopies(count, record));
      from = end;
    }
    parts.add(Arrays.copyOfRange(packets, from, packets.length));
    return () ->
        new SequenceInputStream(
            Collections.enumeration(Lists.transform(parts, ByteArrayInputStream::new)));
  }

  /** Where the first few packets of a file end. */
  private static int end(byte[] file, int packets) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int end = FILE_HEADER;
    for (int i = 0; i < packets; i++) {
      end += RECORD_HEADER + buffer.getInt(end + Long.BYTES);
    }
    return end;
  }

  private static void assertHosts(Supplier<InputStream> capture, String... hosts)
      throws IOException {
    Tracked one = Tracked.of(capture, 1, FactOptions.DEFAULT);
    assertEquals(List.of(hosts), one.of(RowType.EVIDENCE, "host"));
    Tracked several = Tracked.of(capture, 3, FactOptions.DEFAULT);
    assertEquals(one.facts(), several.facts());
    assertEquals(one.anomalies(), several.anomalies());
  }

  /** How many records make the limit when one has this many ticks, and its last tick is spared. */
  private static int within(int ticks) {
    return (int) ((OpenStates.DISTANCE - 1) / ticks);
  }

  @ParameterizedTest
  @ValueSource(ints = {USUAL, USUAL + 1, LARGE})
  void aHelloInSegmentsIsReadUnlessTooManyBytesComeBetween(int length) throws IOException {
    byte[] hello = Tape.hello("www.example.com");
    int cut = hello.length / 2;
    Tape tape = new Tape().syn(CLIENT, SERVER, 7);
    tape.data(CLIENT, SERVER, 8, Arrays.copyOf(hello, cut));
    tape.data(CLIENT, SERVER, 8L + cut, Arrays.copyOfRange(hello, cut, hello.length));
    int most = within(Math.max(1, (length + 512) / 1024));
    assertHosts(apart(tape, most, length, 2), "www.example.com");
    assertHosts(apart(tape, most + 1, length, 2));
  }

  @Test
  void aRequestOutOfOrderIsReadUnlessTooManyBytesComeBetween() throws IOException {
    HttpTape http = HttpTape.open();
    http.up(get("a")).down(ok(5)).up(get("c"), get("b").length()).up(get("b"));
    http.lostUp(get("c").length()).down(ok(6)).down(ok(7));
    int most = within(LARGE / 1024);
    assertHosts(apart(http.tape(), most, LARGE, 6), "a", "b", "c");
    assertHosts(apart(http.tape(), most + 1, LARGE, 6), "a");
  }

  @Test
  void aStartThatReachesFurtherBackIsNoYounger() throws IOException {
    byte[] hello = Tape.hello("www.example.com");
    Tape tape = new Tape().data(CLIENT, SERVER, 1000, Arrays.copyOf(hello, 90));
    tape.data(CLIENT, SERVER, 998, new byte[] {'\r', '\n'});
    tape.data(CLIENT, SERVER, 1090, Arrays.copyOfRange(hello, 90, hello.length));
    int half = within(LARGE / 1024) / 2;
    assertHosts(apart(tape, half, LARGE, 1, 2), "www.example.com");
    assertHosts(apart(tape, half + 1, LARGE, 1, 2));
  }
}
