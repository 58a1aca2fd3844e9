package imon.flow;

import imon.flow.option.LocalNetworks;
import imon.flow.row.RowType;
import imon.flow.row.RowWriter;
import imon.flow.row.Rows;
import imon.flow.row.Scope;
import imon.name.ServicePorts;

/** Writes the rows of a flow that is over, with its sides decided. */
final class FlowCloser {
  private final FlowTable table;
  private final Slices slices;
  private final RowWriter rows;
  private final LocalNetworks local;

  FlowCloser(FlowTable table, Slices slices, RowWriter rows, LocalNetworks local) {
    this.table = table;
    this.slices = slices;
    this.rows = rows;
    this.local = local;
  }

  void close(int slot) {
    boolean sliced = slices.finish(slot);
    boolean clientIsA = isClientA(slot);
    long ends = table.get(slot, FlowTable.ENDS);
    int client = clientIsA ? FlowTable.HIGH_A : FlowTable.HIGH_B;
    int server = clientIsA ? FlowTable.HIGH_B : FlowTable.HIGH_A;
    int up = clientIsA ? FlowTable.PACKETS_A : FlowTable.PACKETS_B;
    int down = clientIsA ? FlowTable.PACKETS_B : FlowTable.PACKETS_A;
    rows.begin(RowType.FLOW)
        .number(table.get(slot, FlowTable.FIRST_PACKET))
        .number(table.get(slot, FlowTable.FIRST_TIME))
        .number(table.get(slot, FlowTable.LAST_TIME))
        .number(FlowKey.protocol(ends))
        .address(table.get(slot, client), table.get(slot, client + 1))
        .number(port(ends, clientIsA))
        .address(table.get(slot, server), table.get(slot, server + 1))
        .number(port(ends, !clientIsA))
        .number(table.get(slot, up))
        .number(table.get(slot, up + 1))
        .number(table.get(slot, down))
        .number(table.get(slot, down + 1))
        .flag(!clientIsA)
        .flag(sliced)
        .flag(FlowState.isOpened(table.state(slot)))
        .number(scope(slot).ordinal())
        .number(service(table.state(slot)))
        .end();
    writeUntold(slot, clientIsA);
  }

  /**
   * Says of the first requests of a connection, or of those of a run, that nobody knows the host.
   */
  private void writeUntold(int slot, boolean clientIsA) {
    long state = table.state(slot);
    boolean isLost = FlowState.isBehindGap(state, clientIsA);
    if (isLost || FlowState.isApart(state)) {
      rows.begin(RowType.UNTOLD)
          .number(table.get(slot, FlowTable.FIRST_PACKET))
          .flag(FlowState.isApart(state))
          .end();
    }
  }

  private static long service(long state) {
    int code = FlowState.service(state);
    return code == 0 ? Rows.NONE : code;
  }

  private static long port(long ends, boolean ofA) {
    if (!FlowKey.isPorted(ends)) {
      return Rows.NONE;
    }
    return ofA ? FlowKey.portA(ends) : FlowKey.portB(ends);
  }

  /**
   * What goes through a proxy goes to the internet, wherever the proxy is. What was sent to all on
   * the link, and had no answer, was sent to a broadcast address: of a subnet's nothing else tells.
   */
  private Scope scope(int slot) {
    long state = table.state(slot);
    if (FlowState.isProxied(state)) {
      return Scope.INTERNET;
    }
    if (FlowState.isBroadcast(state)
        && (table.get(slot, FlowTable.PACKETS_A) == 0
            || table.get(slot, FlowTable.PACKETS_B) == 0)) {
      return Scope.MULTICAST;
    }
    return local.scope(
        table.get(slot, FlowTable.HIGH_A),
        table.get(slot, FlowTable.LOW_A),
        table.get(slot, FlowTable.HIGH_B),
        table.get(slot, FlowTable.LOW_B));
  }

  /**
   * Who opened, asked or was answered, if the packets told; else whoever is not at the service's
   * port; else the only local side; else the sender of the first packet.
   */
  private boolean isClientA(int slot) {
    long state = table.state(slot);
    if (FlowState.isClientTold(state)) {
      return FlowState.isClientA(state);
    }
    long ends = table.get(slot, FlowTable.ENDS);
    if (FlowKey.isPorted(ends)) {
      int protocol = FlowKey.protocol(ends);
      boolean serviceA = ServicePorts.isService(protocol, FlowKey.portA(ends));
      if (serviceA != ServicePorts.isService(protocol, FlowKey.portB(ends))) {
        return !serviceA;
      }
    }
    boolean localA =
        local.isLocal(table.get(slot, FlowTable.HIGH_A), table.get(slot, FlowTable.LOW_A));
    boolean localB =
        local.isLocal(table.get(slot, FlowTable.HIGH_B), table.get(slot, FlowTable.LOW_B));
    return localA || !localB;
  }
}
