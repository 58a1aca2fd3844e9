package imon.store;

import imon.flow.option.FactOptions;
import imon.flow.row.RowSink;
import imon.flow.row.RowType;
import imon.flow.row.RowWriter;
import imon.flow.row.Rows;
import imon.flow.row.Scope;
import imon.name.Evidence;
import imon.pcap.AnomalyCounts;
import imon.pcap.CaptureSummary;
import imon.wire.Addresses;
import imon.wire.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * A day of web traffic as rows, as workers would hand them on: flows of many clients to sites that
 * share servers; a quarter of them after an answer, and three of five with proof of their own.
 */
final class MadeRows implements RowSink {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_772_438_400L * SECOND;
  private static final long DAY = 86_400 * SECOND;
  private static final int CLIENTS = 2_000;
  private static final int SITES = 5_000;
  private static final int SERVERS = 4_000;
  private static final int SERVER = 0xcb00_0000;
  private static final int UP_BYTES = 700;
  private static final int DOWN_BYTES = 9_000;

  private final List<Rows> batches = new ArrayList<>();
  private final RowWriter writer = new RowWriter(this);
  private int flows;
  private int proven;

  private MadeRows() {}

  /** So many flows and nothing else. */
  static MadeRows flows(int count) {
    MadeRows made = new MadeRows();
    for (int i = 0; i < count; i++) {
      made.flow(i, START + DAY / count * i);
    }
    made.writer.flush();
    return made;
  }

  /** So many flows, and what names them. */
  static MadeRows named(int count) {
    MadeRows made = new MadeRows();
    for (int i = 0; i < count; i++) {
      long time = START + DAY / count * i;
      if (i % 4 == 0) {
        made.answer(i, time - SECOND);
      }
      made.flow(i, time);
      if (i % 5 < 3) {
        made.proof(i, time);
      }
    }
    made.writer.flush();
    return made;
  }

  @Override
  public void accept(Rows rows) {
    batches.add(rows);
  }

  @Override
  public Rows empty(RowType type) {
    return new Rows(type);
  }

  /** Numbers that look like chance, the same at each call. */
  private static int chance(int number, int below) {
    return Math.floorMod((number * 0x9e37_79b1) >>> 7, below);
  }

  private static long client(int flow) {
    return Addresses.mapped(0x0a00_0000 + chance(flow, CLIENTS));
  }

  private static int site(int flow) {
    return chance(3 * flow + 1, SITES);
  }

  private static String host(int flow) {
    return "www.site" + site(flow) + ".example";
  }

  private static long server(int flow) {
    return Addresses.mapped(SERVER + site(flow) % SERVERS);
  }

  /** A packet's number; what belongs to a flow stands right before or behind its first packet. */
  private static long packet(int flow) {
    return 4L * flow + 2;
  }

  private void flow(int flow, long time) {
    writer
        .begin(RowType.FLOW)
        .number(packet(flow))
        .number(time)
        .number(time + chance(flow, 50) * SECOND)
        .number(IpProtocol.TCP)
        .address(0, client(flow))
        .number(50_000 + flow % 10_000)
        .address(0, server(flow))
        .number(443)
        .number(7)
        .number(UP_BYTES)
        .number(9)
        .number(DOWN_BYTES)
        .flag(false)
        .flag(false)
        .flag(true)
        .number(Scope.INTERNET.ordinal())
        .number(Rows.NONE)
        .end();
    flows++;
  }

  private void proof(int flow, long time) {
    writer
        .begin(RowType.EVIDENCE)
        .number(packet(flow))
        .number(Evidence.TLS.code())
        .name(host(flow))
        .number(packet(flow) + 1)
        .number(time)
        .end();
    proven++;
  }

  private void answer(int flow, long time) {
    writer
        .begin(RowType.ANSWER)
        .number(packet(flow) - 1)
        .number(time)
        .address(0, client(flow))
        .name(host(flow))
        .name(host(flow))
        .address(0, server(flow))
        .number(300)
        .number(0)
        .flag(true)
        .end();
  }

  /** Brings all rows into a staging database, as one capture. */
  void load(Staging staging) throws StoreException {
    int capture = 1;
    for (Rows rows : batches) {
      staging.load(capture, rows);
    }
    staging.finish(
        capture,
        new CaptureFacts("made.pcap", "", FactOptions.DEFAULT, summary(), new AnomalyCounts()));
  }

  int flowCount() {
    return flows;
  }

  /** Flows with proof. */
  int provenCount() {
    return proven;
  }

  /** Bytes of all flows. */
  long bytes() {
    return (long) flows * (UP_BYTES + DOWN_BYTES);
  }

  private CaptureSummary summary() {
    return new CaptureSummary(
        "pcap",
        new TreeSet<>(List.of(1)),
        bytes(),
        16L * flows,
        bytes(),
        OptionalLong.of(START),
        OptionalLong.of(START + DAY),
        OptionalLong.empty(),
        CaptureSummary.Status.OK,
        null,
        "0".repeat(32),
        new AnomalyCounts());
  }
}
