package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.decode.Dealer;
import imon.flow.row.RowSink;
import imon.flow.row.RowType;
import imon.flow.row.Rows;
import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.samples.Tape;
import imon.testing.Allocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Dealing, decoding and tracking allocate nothing per packet once they are warm. */
class TrackingAllocationTest {
  private static final int ROUNDS = 2000;
  private static final double MOST_BYTES_PER_PACKET = 1;
  private static final String RESOLVER = "10.0.0.53:53";

  private final AnomalyCounts anomalies = new AnomalyCounts();
  private final Dealer dealer = new Dealer();
  private final FlowTracker tracker = new FlowTracker(new Recycling(), anomalies);
  private final Block block = new Block();

  /** Hands the batch that is full out again, as an empty one. */
  private static final class Recycling implements RowSink {
    private final Map<RowType, Rows> spare = new EnumMap<>(RowType.class);

    @Override
    public void accept(Rows rows) {
      rows.clear();
      spare.put(rows.type(), rows);
    }

    @Override
    public Rows empty(RowType type) {
      Rows rows = spare.remove(type);
      return rows == null ? new Rows(type) : rows;
    }
  }

  @Test
  void nothingIsAllocatedPerPacket() throws IOException {
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(traffic()), "test")) {
      assertTrue(reader.read(block));
    }
    long packets = (long) block.count() * ROUNDS;
    assertEquals(208, block.count());
    double perPacket = (double) Allocation.of(ROUNDS, this::deal) / packets;
    assertTrue(perPacket < MOST_BYTES_PER_PACKET, () -> perPacket + " bytes per packet");
  }

  private void deal() {
    tracker.accept(block, dealer);
  }

  /** What packets are mostly, DNS included, within one minute: rows of slices would still grow. */
  private static byte[] traffic() {
    Tape tape = new Tape();
    for (int i = 0; i < 20; i++) {
      String client = "10.0.0." + i + ":50000";
      String server = i % 2 == 0 ? "203.0.113.1:443" : "203.0.113.2:80";
      byte[] start = i % 2 == 0 ? Tape.hello("www.example.com") : Tape.request("www.example.org");
      if (i % 5 == 0) {
        tape.udp(client, RESOLVER, Tape.query(i, "www.example.com"));
        tape.udp(RESOLVER, client, Tape.answer(i, "www.example.com", 60, "203.0.113.1"));
      }
      tape.syn(client, server, 7).synAck(server, client, 70, 8).data(client, server, 8, start);
      for (int part = 0; part < 4; part++) {
        tape.data(server, client, 71 + part * 500L, new byte[500]).after(Tape.SECOND / 4);
      }
      tape.echo("10.0.0." + i, "203.0.113.1", true, i).undecodable();
      tape.udp("[fd00::1]:50000", "[2001:db8::1]:443", new byte[200]);
    }
    return tape.pcap();
  }
}
