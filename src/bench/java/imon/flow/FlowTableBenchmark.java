package imon.flow;

import imon.bench.Check;
import imon.bench.Counted;
import imon.flow.option.IdleTimeouts;
import imon.wire.Addresses;
import imon.wire.IpProtocol;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The flow table by itself; a million flows are far more than a core's cache holds. */
@State(Scope.Benchmark)
public class FlowTableBenchmark {
  private static final long SERVER = Addresses.mapped(0xcb00_7100);
  private static final int HTTPS = 443;

  @Param({"10000", "1000000"})
  public int flows;

  private FlowTable table;
  private int[] order;

  @Setup
  public void fill() {
    table = new FlowTable(IdleTimeouts.DEFAULT);
    for (int flow = 0; flow < flows; flow++) {
      Check.same("slot", flow, findOrAdd(table, flow, true));
    }
    order = new Random(1).ints(flows, 0, flows).toArray();
  }

  /** A flow between a port of one of many clients and one of many servers. */
  private static int findOrAdd(FlowTable table, int flow, boolean fromClient) {
    long client = Addresses.mapped(0x0a00_0000 + (flow >>> 4));
    long server = SERVER + flow % 5000;
    int port = 50_000 + (flow & 15);
    return fromClient
        ? table.findOrAdd(0, client, 0, server, FlowKey.ends(IpProtocol.TCP, true, port, HTTPS))
        : table.findOrAdd(0, server, 0, client, FlowKey.ends(IpProtocol.TCP, true, HTTPS, port));
  }

  /** Packets of flows that are there, in any order, of both directions. */
  @Benchmark
  public void find(Counted.Flows counted) {
    int wrong = 0;
    for (int flow : order) {
      wrong |= findOrAdd(table, flow, (flow & 1) == 0) ^ flow;
    }
    Check.same("wrong slots", 0, wrong);
    counted.flows += flows;
  }

  /** A table that grows from nothing. */
  @Benchmark
  public void add(Counted.Flows counted) {
    FlowTable growing = new FlowTable(IdleTimeouts.DEFAULT);
    for (int flow = 0; flow < flows; flow++) {
      findOrAdd(growing, flow, true);
    }
    Check.same("flows", flows, growing.count());
    counted.flows += flows;
  }
}
