package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.flow.row.RowType;
import imon.fuzz.Captures;
import imon.fuzz.Pieces;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets on every kind of link, from the walk to the rows of the store. */
class WholeCaptureFuzz {
  private static final int SEVERAL = 3;

  static List<byte[]> seeds() throws IOException {
    return Captures.seeds();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void everyByteIsAccountedForWhateverTheWorkers(byte[] input) throws IOException {
    Tracked one = Tracked.of(Captures.pcap(input, ByteOrder.BIG_ENDIAN), 1);
    List<Pieces.Piece> packets = Pieces.of(input, 1);
    assertEquals(packets.size(), sum(one, "packets"));
    assertEquals(
        packets.stream().mapToLong(p -> (1L + (p.mark() & 1)) * p.bytes().length).sum(),
        sum(one, "bytes"));
    Tracked several = Tracked.of(Captures.pcap(input, ByteOrder.LITTLE_ENDIAN), SEVERAL);
    assertEquals(facts(one), facts(several));
    assertEquals(one.anomalies(), several.anomalies());
  }

  /** Without links: of a router's many addresses each worker tells some, and others. */
  private static List<String> facts(Tracked tracked) {
    return tracked.facts().stream().filter(fact -> !fact.startsWith("LINK ")).toList();
  }

  private static long sum(Tracked tracked, String what) {
    return sum(tracked, RowType.FLOW, "up_" + what)
        + sum(tracked, RowType.FLOW, "down_" + what)
        + sum(tracked, RowType.UNFLOWED, what);
  }

  private static long sum(Tracked tracked, RowType type, String column) {
    return tracked.of(type, column).stream().mapToLong(Long::parseLong).sum();
  }
}
