package imon.flow;

import imon.flow.recent.RecentTable;
import java.util.Set;

/** Ends flows: one by one, those that fell silent, and all. */
final class FlowEnds {
  private final FlowTable table;
  private final FlowBorders borders;
  private final FlowCloser closer;
  private final Runs runs;
  private final Streams streams;
  private final Datagrams datagrams;

  FlowEnds(
      FlowTable table,
      FlowBorders borders,
      FlowCloser closer,
      Runs runs,
      Streams streams,
      Datagrams datagrams) {
    this.table = table;
    this.borders = borders;
    this.closer = closer;
    this.runs = runs;
    this.streams = streams;
    this.datagrams = datagrams;
  }

  /** Writes a flow's rows and forgets what was kept for it; its slot stays taken. */
  void end(int slot) {
    if (FlowState.isFollowed(table.state(slot))) {
      runs.close(slot);
    } else {
      closer.close(slot);
    }
    if (table.isKept(slot)) {
      streams.forget(slot);
      datagrams.forget(slot);
    }
  }

  /** Whether something of the flow waits for more packets. */
  private boolean isOpen(int slot) {
    return table.isKept(slot) && (streams.isOpen(slot) || datagrams.isOpen(slot));
  }

  /**
   * The many packets before this one were between these times: ends the flows that all of them
   * would have been too late for, or too early, so that the table does not grow with the capture.
   * It is done at the same packets for any number of workers; where time runs forward, these flows
   * would have been split by their own next packet all the same.
   *
   * @param awaited hashes of address pairs whose flows held back fragments may belong to; these go
   *     on
   */
  void endSpan(long packetNumber, long earliest, long latest, Set<Long> awaited) {
    boolean changed = false;
    for (int slot = 0; slot < table.size(); slot++) {
      if (table.isFlow(slot)) {
        changed |= endOrShelve(slot, packetNumber, earliest, latest, awaited);
      }
    }
    for (SmallFlows small : table.small()) {
      endSmall(small, packetNumber, earliest, latest, awaited);
    }
    if (changed) {
      table.reindex();
    }
  }

  private static boolean isAwaited(Set<Long> awaited, long pairHash) {
    return !awaited.isEmpty() && awaited.contains(pairHash);
  }

  /** Ends a flow that is over, shelves a small one of long ago; whether it did. */
  private boolean endOrShelve(
      int slot, long packetNumber, long earliest, long latest, Set<Long> awaited) {
    boolean isOver = borders.isApart(slot, earliest, latest);
    if (!isOver && !isForShelf(slot, packetNumber)) {
      return false;
    }
    if (isAwaited(awaited, table.pairHash(slot))) {
      return false;
    }
    if (isOver) {
      end(slot);
      table.remove(slot);
    } else {
      table.shelve(slot);
    }
    return true;
  }

  private boolean isForShelf(int slot, long packetNumber) {
    boolean isOld = packetNumber - table.get(slot, FlowTable.FIRST_PACKET) > RecentTable.DISTANCE;
    return isOld && table.isSmall(slot) && !isOpen(slot);
  }

  private void endSmall(
      SmallFlows small, long packetNumber, long earliest, long latest, Set<Long> awaited) {
    int place = small.next(0, packetNumber, earliest, latest);
    while (place >= 0) {
      boolean isOver = small.isOver(place, packetNumber, earliest, latest);
      if (isOver && !isAwaited(awaited, small.pairHash(place))) {
        endSmall(small, place);
      }
      place = small.next(place + 1, packetNumber, earliest, latest);
    }
  }

  private void endSmall(SmallFlows small, int place) {
    int slot = table.unshelve(small, place);
    closer.close(slot);
    table.remove(slot);
  }

  /** Ends all flows; nothing may follow. */
  void endAll() {
    for (int slot = 0; slot < table.size(); slot++) {
      if (table.isFlow(slot)) {
        end(slot);
        table.remove(slot);
      }
    }
    for (SmallFlows small : table.small()) {
      for (int place = small.next(0); place >= 0; place = small.next(place + 1)) {
        endSmall(small, place);
      }
    }
  }
}
