package imon.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.wire.Addresses;
import imon.wire.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SmallFlowsTest {
  private static final int WORDS = FlowTable.SLICE + 1;
  private static final long GAP = 120_000_000_000L;
  private static final long FAR = 1L << 24;
  private static final long START = 1_760_000_000_000_000_000L;

  private final Random random = new Random(3);

  /** A record of a flow between these ends, with one packet each way or one at all. */
  private long[] record(boolean ipv4, int number, boolean answered) {
    long[] record = new long[WORDS];
    record[FlowTable.HIGH_A] = ipv4 ? 0 : 0x2001_0db8_0000_0000L;
    record[FlowTable.LOW_A] = ipv4 ? Addresses.mapped(number) : number;
    record[FlowTable.HIGH_B] = ipv4 ? 0 : 0x2001_0db8_0000_0001L;
    record[FlowTable.LOW_B] = ipv4 ? Addresses.mapped(0xcb00_7101) : 1;
    record[FlowTable.ENDS] = FlowKey.ends(IpProtocol.UDP, true, 50_000, 443);
    record[FlowTable.FIRST_PACKET] = number + 1L;
    record[FlowTable.FIRST_TIME] = START + number;
    record[FlowTable.LAST_TIME] = START + number + (answered ? random.nextLong(1_000_000) : 0);
    record[FlowTable.PACKETS_A] = 1;
    record[FlowTable.BYTES_A] = 1 + random.nextLong(262_144);
    record[FlowTable.PACKETS_B] = answered ? 1 : 0;
    record[FlowTable.BYTES_B] = answered ? 1 + random.nextLong(262_144) : 0;
    record[FlowTable.SEQUENCES] = random.nextLong();
    record[FlowTable.STATE] = random.nextLong(1L << 33);
    record[FlowTable.MINUTE] = record[FlowTable.FIRST_TIME] / FlowTable.MINUTE_NANOS;
    return record;
  }

  private static int find(SmallFlows flows, long[] r, boolean back) {
    int hash =
        FlowKey.hash(
            r[FlowTable.HIGH_A],
            r[FlowTable.LOW_A],
            r[FlowTable.HIGH_B],
            r[FlowTable.LOW_B],
            r[FlowTable.ENDS]);
    return back
        ? flows.find(
            hash,
            r[FlowTable.HIGH_B],
            r[FlowTable.LOW_B],
            r[FlowTable.HIGH_A],
            r[FlowTable.LOW_A],
            FlowKey.swapped(r[FlowTable.ENDS]))
        : flows.find(
            hash,
            r[FlowTable.HIGH_A],
            r[FlowTable.LOW_A],
            r[FlowTable.HIGH_B],
            r[FlowTable.LOW_B],
            r[FlowTable.ENDS]);
  }

  private void everyRecordComesBackAsItWas(boolean ipv4) {
    SmallFlows flows = new SmallFlows(ipv4, GAP);
    List<long[]> records = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      long[] record = record(ipv4, i, i % 3 == 0);
      assertTrue(SmallFlows.fits(record, 0));
      records.add(record);
      flows.add(record, 0);
    }
    for (int i = 0; i < records.size(); i++) {
      long[] record = records.get(i);
      int place = find(flows, record, i % 2 == 0);
      long[] taken = new long[WORDS];
      flows.take(place, taken, 0);
      assertArrayEquals(record, taken);
      assertEquals(-1, find(flows, record, false));
      assertEquals(records.size() - i - 1, flows.count());
    }
    assertEquals(-1, flows.next(0));
  }

  @Test
  void everyRecordOfIpv4ComesBackAsItWas() {
    everyRecordComesBackAsItWas(true);
  }

  @Test
  void everyRecordOfIpv6ComesBackAsItWas() {
    everyRecordComesBackAsItWas(false);
  }

  @Test
  void whatComesAndGoesIsFoundAmongWhatWent() {
    SmallFlows flows = new SmallFlows(true, GAP);
    for (int round = 0; round < 50; round++) {
      for (int i = 0; i < 1_000; i++) {
        flows.add(record(true, round * 1_000 + i, false), 0);
      }
      for (int i = 0; i < 1_000; i += 2) {
        flows.take(find(flows, record(true, round * 1_000 + i, false), false), new long[WORDS], 0);
      }
    }
    assertEquals(25_000, flows.count());
    for (int i = 0; i < 50_000; i++) {
      assertEquals(i % 2 == 1, find(flows, record(true, i, false), true) >= 0);
    }
  }

  @Test
  void onlyPagesWithAFlowThatMayBeOverAreLookedThrough() {
    SmallFlows flows = new SmallFlows(true, GAP);
    for (int i = 0; i < 10_000; i++) {
      flows.add(record(true, i, false), 0);
    }
    assertEquals(-1, flows.next(0, 10_001, START + GAP, START + 10_000));
    assertEquals(0, flows.next(0, 10_001, START + GAP + 1, START + GAP + 1));
    assertEquals(8192, flows.next(0, 10_001, START - GAP, START + 9_999 - GAP - 1));
    assertEquals(0, flows.next(0, FAR + 2, START, START));
  }

  @Test
  void aFlowIsOverWhenAllIsTooLateOrTooEarlyOrManyPacketsAway() {
    SmallFlows flows = new SmallFlows(true, GAP);
    flows.add(record(true, 0, false), 0);
    flows.add(record(true, 1, false), 0);
    assertTrue(flows.isOver(0, FAR + 2, START, START));
    assertFalse(flows.isOver(1, FAR + 2, START, START));
    assertTrue(flows.isOver(0, 3, START + GAP + 1, START + GAP + 1));
    assertFalse(flows.isOver(1, 3, START + GAP + 1, START + GAP + 1));
    assertTrue(flows.isOver(1, 3, START - GAP, START - GAP));
    assertFalse(flows.isOver(0, 3, START - GAP, START - GAP));
  }

  @Test
  void aFlowOfTwoPacketsOneWayOrMinutesOrAFollowedOneIsNotSmall() {
    long[] twice = record(true, 1, true);
    twice[FlowTable.PACKETS_A] = 2;
    assertFalse(SmallFlows.fits(twice, 0));
    long[] sliced = record(true, 1, true);
    sliced[FlowTable.SLICE] = 1;
    assertFalse(SmallFlows.fits(sliced, 0));
    long[] followed = record(true, 1, true);
    followed[FlowTable.STATE] = FlowState.withFollowed(followed[FlowTable.STATE], 0);
    assertFalse(SmallFlows.fits(followed, 0));
    long[] giant = record(true, 1, true);
    giant[FlowTable.BYTES_B] = 1 << 19;
    assertFalse(SmallFlows.fits(giant, 0));
  }
}
