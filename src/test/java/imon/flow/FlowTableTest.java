package imon.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.option.IdleTimeouts;
import imon.wire.Addresses;
import imon.wire.IpProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlowTableTest {
  private static final int KEYS = 100_000;
  private static final long IPV4_A = Addresses.mapped(0x0a00_0001);
  private static final long IPV4_B = Addresses.mapped(0xc633_6401);

  private final FlowTable table = new FlowTable(IdleTimeouts.DEFAULT);

  private record End(long high, long low, int port) {}

  /** One direction of a flow. */
  private record Direction(End from, End to, int protocol) {
    Direction back() {
      return new Direction(to, from, protocol);
    }

    /** Equal for both directions. */
    List<Object> flow() {
      return List.of(from.equals(to) ? Set.of(from) : Set.of(from, to), protocol);
    }
  }

  private int find(Direction d) {
    long ends = FlowKey.ends(d.protocol, true, d.from.port, d.to.port);
    return table.findOrAdd(d.from.high, d.from.low, d.to.high, d.to.low, ends);
  }

  /** Few values for each field, so that flows often differ in one only. */
  private static Direction randomDirection(Random random) {
    int protocol = random.nextBoolean() ? IpProtocol.TCP : IpProtocol.UDP;
    return new Direction(randomEnd(random), randomEnd(random), protocol);
  }

  private static End randomEnd(Random random) {
    boolean version4 = random.nextBoolean();
    long low = random.nextInt(40);
    int port = random.nextInt(12) * 5461;
    return version4
        ? new End(0, Addresses.mapped((int) low), port)
        : new End(0x2001_0db8_0000_0000L + random.nextInt(3), low << 32, port);
  }

  @Test
  void aRemovedFlowIsFoundNoMoreAndItsSlotServesAnother() {
    int[] slots = new int[KEYS / 10];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = find(numbered(i));
    }
    for (int i = 0; i < slots.length; i += 2) {
      table.remove(slots[i]);
    }
    table.reindex();
    assertEquals(slots.length / 2, table.count());
    for (int i = 1; i < slots.length; i += 2) {
      assertEquals(slots[i], find(numbered(i).back()));
    }
    int size = table.size();
    for (int i = 0; i < slots.length; i += 2) {
      int slot = find(numbered(i));
      assertTrue(slot < size);
      assertEquals(0, table.get(slot, FlowTable.FIRST_PACKET));
    }
    assertEquals(slots.length, table.count());
  }

  private static Direction numbered(int number) {
    return new Direction(
        new End(0, Addresses.mapped(number), 1024), new End(0, IPV4_B, 443), IpProtocol.TCP);
  }

  @Test
  void aHundredThousandRandomKeysAreWhatTheModelSays() {
    Map<List<Object>, Integer> model = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < KEYS; i++) {
      Direction direction = randomDirection(random);
      int slot = find(direction);
      Integer known = model.putIfAbsent(direction.flow(), slot);
      assertEquals(known == null ? model.size() - 1 : known, slot);
      assertEquals(slot, find(direction.back()));
    }
    assertEquals(model.size(), table.size());
    assertTrue(table.size() > KEYS / 2);
  }

  @Test
  void wordsStayWhileTheTableGrows() {
    Random random = new Random(2);
    List<Direction> directions = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      Direction direction = randomDirection(random);
      int slot = find(direction);
      if (slot == directions.size()) {
        directions.add(direction);
        table.set(slot, FlowTable.STATE, slot * 31L);
        table.add(slot, FlowTable.BYTES_B, slot);
      }
    }
    for (int slot = 0; slot < directions.size(); slot++) {
      assertEquals(slot * 31L, table.get(slot, FlowTable.STATE));
      assertEquals(slot, table.get(slot, FlowTable.BYTES_B));
      assertEquals(directions.get(slot).from.low, table.get(slot, FlowTable.LOW_A));
    }
  }

  @Test
  void aNewFlowHasItsKeyAndZeros() {
    long ends = FlowKey.ends(IpProtocol.TCP, true, 50_000, 443);
    int slot = table.findOrAdd(0, IPV4_A, 0, IPV4_B, ends);
    assertEquals(IPV4_A, table.get(slot, FlowTable.LOW_A));
    assertEquals(IPV4_B, table.get(slot, FlowTable.LOW_B));
    assertEquals(ends, table.get(slot, FlowTable.ENDS));
    for (int field = FlowTable.FIRST_PACKET; field <= FlowTable.SLICE; field++) {
      assertEquals(0, table.get(slot, field));
    }
  }

  @Test
  void betweenPortsOfOneAddressBothDirectionsAreOneFlow() {
    End a = new End(0, IPV4_A, 1000);
    End b = new End(0, IPV4_A, 2000);
    assertEquals(find(new Direction(a, b, 6)), find(new Direction(b, a, 6)));
    assertNotEquals(find(new Direction(a, b, 6)), find(new Direction(a, a, 6)));
  }

  @Test
  void portsBelongToTheirAddress() {
    int slot = find(new Direction(new End(0, IPV4_A, 1), new End(0, IPV4_B, 2), 17));
    assertNotEquals(slot, find(new Direction(new End(0, IPV4_A, 2), new End(0, IPV4_B, 1), 17)));
  }

  @Test
  void anIpv4AddressAndTheSameBitsInIpv6AreDifferent() {
    int slot = find(new Direction(new End(0, IPV4_A, 1), new End(0, IPV4_B, 2), 17));
    End low = new End(0, IPV4_A & 0xffff_ffffL, 1);
    assertNotEquals(slot, find(new Direction(low, new End(0, IPV4_B, 2), 17)));
  }

  @Test
  void withAndWithoutPortsAreDifferentFlows() {
    long ported = FlowKey.ends(IpProtocol.UDP, true, 0, 0);
    long portless = FlowKey.ends(IpProtocol.UDP, false, 0, 0);
    assertNotEquals(
        table.findOrAdd(0, IPV4_A, 0, IPV4_B, ported),
        table.findOrAdd(0, IPV4_A, 0, IPV4_B, portless));
  }

  @Test
  void keysThatAreMadeToBeAlikeHaveDifferentHashes() {
    Set<Integer> ofPorts = new HashSet<>();
    Set<Integer> ofAddresses = new HashSet<>();
    for (int port = 0; port < 65_536; port++) {
      long ends = FlowKey.ends(IpProtocol.TCP, true, port, 65_535 - port);
      ofPorts.add(FlowKey.hash(0, IPV4_A, 0, IPV4_B, ends));
      long high = 0x2001_0db8_0000_0000L + port;
      long low = high * 0x9e37_79b9_7f4a_7c15L;
      ofAddresses.add(FlowKey.hash(high, low, 0, IPV4_B, FlowKey.ends(IpProtocol.TCP, true, 1, 2)));
    }
    assertTrue(ofPorts.size() > 65_000, ofPorts.size() + " of ports");
    assertTrue(ofAddresses.size() > 65_000, ofAddresses.size() + " of addresses");
  }

  @Test
  void theWordOfTheEndsGivesBackWhatItWasMadeOf() {
    long ends = FlowKey.ends(255, true, 65_535, 1);
    assertEquals(255, FlowKey.protocol(ends));
    assertEquals(65_535, FlowKey.portA(ends));
    assertEquals(1, FlowKey.portB(ends));
    assertTrue(FlowKey.isPorted(ends));
    assertFalse(FlowKey.isPorted(FlowKey.ends(1, false, 65_535, 65_535)));
  }

  @Test
  void aRenewedFlowIsFoundInItsPlaceWithTheOtherSideFirst() {
    Direction direction = new Direction(new End(0, IPV4_A, 50_000), new End(0, IPV4_B, 443), 6);
    int slot = find(direction);
    table.set(slot, FlowTable.FIRST_PACKET, 17);
    table.renew(slot, 0, IPV4_B, 0, IPV4_A, FlowKey.ends(6, true, 443, 50_000));
    assertEquals(slot, find(direction));
    assertEquals(slot, find(direction.back()));
    assertEquals(0, table.get(slot, FlowTable.FIRST_PACKET));
    assertEquals(IPV4_B, table.get(slot, FlowTable.LOW_A));
    assertEquals(1, table.size());
  }

  @Test
  void aRecordBesideIsFoundByNoKeyAndIsUsedAgain() {
    FlowTable table = new FlowTable(IdleTimeouts.DEFAULT);
    int slot = table.findOrAdd(1, 2, 3, 4, 5);
    int beside = table.addBeside();
    assertFalse(table.isFlow(beside));
    assertTrue(table.isFlow(slot));
    table.open(beside, 7, 8);
    for (int i = 0; i < 10_000; i++) {
      assertNotEquals(beside, table.findOrAdd(0, i, 0, 0, 0));
    }
    table.moveCounts(beside, slot);
    assertEquals(7, table.get(slot, FlowTable.FIRST_PACKET));
    assertEquals(8, table.get(slot, FlowTable.LAST_TIME));
    assertEquals(slot, table.findOrAdd(1, 2, 3, 4, 5));
    assertEquals(beside, table.addBeside());
    assertEquals(0, table.get(beside, FlowTable.FIRST_PACKET));
  }
}
