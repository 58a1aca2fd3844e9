package imon.flow;

import imon.flow.option.IdleTimeouts;
import imon.flow.recent.FreePlaces;
import imon.wire.Addresses;
import imon.wire.IpProtocol;
import java.util.Arrays;
import java.util.List;

/**
 * The flows of one worker: records of primitive words in pages that never move, found through an
 * open-addressing index by both directions' key. A slot stays valid until the flow is removed.
 */
final class FlowTable {
  /** Words of a record, by offset. A is the sender of the flow's first packet. */
  static final int HIGH_A = 0;

  static final int LOW_A = 1;
  static final int HIGH_B = 2;
  static final int LOW_B = 3;

  /** Protocol, whether there are ports, and the ports: {@link FlowKey#ends}. */
  static final int ENDS = 4;

  static final int FIRST_PACKET = 5;
  static final int FIRST_TIME = 6;
  static final int LAST_TIME = 7;
  static final int PACKETS_A = 8;
  static final int BYTES_A = 9;
  static final int PACKETS_B = 10;
  static final int BYTES_B = 11;

  /** Sequence number each direction starts with: A's in the upper half. */
  static final int SEQUENCES = 12;

  /** Bits of {@link FlowState}. */
  static final int STATE = 13;

  /** Minute since 1970 of the current slice. */
  static final int MINUTE = 14;

  /** Slot of the totals at the start of the current slice plus one, or 0 when it is the first. */
  static final int SLICE = 15;

  private static final int STRIDE = 16;
  private static final int FIRST_INDEX = 1 << 12;
  private static final int PAGE_BITS = 12;
  private static final int PAGE_SLOTS = 1 << PAGE_BITS;

  /** {@link #ENDS} of a slot that is free. */
  private static final long NO_FLOW = -1;

  /** {@link #ENDS} of a record that no key leads to. */
  private static final long BESIDE = 1L << 33;

  static final long MINUTE_NANOS = 60_000_000_000L;

  private long[][] pages = new long[16][];
  private int used;
  private final FreePlaces free = new FreePlaces();

  /**
   * Where records stand by the hash of their keys: the hash, and in the lower half the slot + 1.
   */
  private long[] index = new long[FIRST_INDEX];

  /** By {@link #smallOf}: IPv4 before all others, TCP before all others. */
  private final List<SmallFlows> small;

  FlowTable(IdleTimeouts timeouts) {
    small =
        List.of(
            new SmallFlows(true, timeouts.tcp()),
            new SmallFlows(true, timeouts.other()),
            new SmallFlows(false, timeouts.tcp()),
            new SmallFlows(false, timeouts.other()));
  }

  long get(int slot, int field) {
    return pages[slot >>> PAGE_BITS][base(slot) + field];
  }

  /** Bits of {@link FlowState}. */
  long state(int slot) {
    return get(slot, STATE);
  }

  void setState(int slot, long state) {
    set(slot, STATE, state);
  }

  /** Something is kept for the flow from now on, which is to be forgotten when it ends. */
  void setKept(int slot) {
    setState(slot, FlowState.withKept(state(slot)));
  }

  boolean isKept(int slot) {
    return FlowState.isKept(state(slot));
  }

  /** Tells the directions of all flows apart. */
  static long direction(int slot, boolean fromA) {
    return (long) slot << 1 | (fromA ? 0 : 1);
  }

  void set(int slot, int field, long value) {
    pages[slot >>> PAGE_BITS][base(slot) + field] = value;
  }

  void add(int slot, int field, long value) {
    pages[slot >>> PAGE_BITS][base(slot) + field] += value;
  }

  /** Sequence number of the direction's SYN, as far as it is known or guessed. */
  int sequence(int slot, boolean fromA) {
    long both = get(slot, SEQUENCES);
    return (int) (fromA ? both >>> 32 : both);
  }

  void setSequence(int slot, boolean fromA, int sequence) {
    long both = get(slot, SEQUENCES);
    long own = sequence & 0xffff_ffffL;
    long mixed = fromA ? (both & 0xffff_ffffL) | own << 32 : (both & ~0xffff_ffffL) | own;
    set(slot, SEQUENCES, mixed);
  }

  /** How many slots were ever given out; {@link #isFlow} says which of them are flows. */
  int size() {
    return used;
  }

  /** How many flows there are. */
  int count() {
    return used - free.count();
  }

  /** See {@link Addresses#pairHash}. */
  long pairHash(int slot) {
    return Addresses.pairHash(
        get(slot, HIGH_A), get(slot, LOW_A), get(slot, HIGH_B), get(slot, LOW_B));
  }

  boolean isFlow(int slot) {
    long ends = get(slot, ENDS);
    return ends != NO_FLOW && ends != BESIDE;
  }

  /**
   * Slot of the flow between two ends, in either direction, or a new one whose record has the key
   * and zeros ({@link #FIRST_PACKET} 0 tells).
   */
  int findOrAdd(long highA, long lowA, long highB, long lowB, long ends) {
    int hash = FlowKey.hash(highA, lowA, highB, lowB, ends);
    int mask = index.length - 1;
    int at = hash & mask;
    while (index[at] != 0) {
      if ((int) (index[at] >>> 32) == hash) {
        int slot = (int) index[at] - 1;
        long[] page = pages[slot >>> PAGE_BITS];
        if (FlowKey.matchesEither(page, base(slot), highA, lowA, highB, lowB, ends)) {
          return slot;
        }
      }
      at = at + 1 & mask;
    }
    int slot = add(highA, lowA, highB, lowB, ends);
    SmallFlows of = smallOf(highA, lowA, highB, lowB, ends);
    int place = of.count() == 0 ? -1 : of.find(hash, highA, lowA, highB, lowB, ends);
    if (place >= 0) {
      of.take(place, pages[slot >>> PAGE_BITS], base(slot));
    }
    index[at] = entry(hash, slot);
    if (count() * 2L > index.length) {
      reindex();
    }
    return slot;
  }

  private int add(long highA, long lowA, long highB, long lowB, long ends) {
    int slot = free.isEmpty() ? newSlot() : free.take();
    renew(slot, highA, lowA, highB, lowB, ends);
    return slot;
  }

  private int newSlot() {
    int slot = used++;
    if (slot >>> PAGE_BITS == pages.length) {
      pages = Arrays.copyOf(pages, pages.length * 2);
    }
    if (pages[slot >>> PAGE_BITS] == null) {
      pages[slot >>> PAGE_BITS] = new long[PAGE_SLOTS * STRIDE];
    }
    return slot;
  }

  /** Frees a slot. When it was a flow's, nothing is found or added until {@link #reindex}. */
  void remove(int slot) {
    set(slot, ENDS, NO_FLOW);
    free.give(slot);
  }

  /** Makes a slot's record that of a new flow between the same two ends, of which A sends first. */
  void renew(int slot, long highA, long lowA, long highB, long lowB, long ends) {
    long[] page = pages[slot >>> PAGE_BITS];
    int base = base(slot);
    Arrays.fill(page, base, base + STRIDE, 0);
    page[base + HIGH_A] = highA;
    page[base + LOW_A] = lowA;
    page[base + HIGH_B] = highB;
    page[base + LOW_B] = lowB;
    page[base + ENDS] = ends;
  }

  /** The first packet of a flow whose record has no counts yet. */
  void open(int slot, long packetNumber, long time) {
    set(slot, FIRST_PACKET, packetNumber);
    set(slot, FIRST_TIME, time);
    set(slot, LAST_TIME, time);
    set(slot, MINUTE, time / MINUTE_NANOS);
  }

  /** A record of zeros that no key leads to, for counts only. */
  int addBeside() {
    return add(0, 0, 0, 0, BESIDE);
  }

  /** Counts and times of a record beside become those of another, and it is free. */
  void moveCounts(int beside, int slot) {
    for (int field = FIRST_PACKET; field <= BYTES_B; field++) {
      set(slot, field, get(beside, field));
    }
    set(slot, MINUTE, get(beside, MINUTE));
    set(slot, SLICE, get(beside, SLICE));
    remove(beside);
  }

  /** Makes the index anew: an eighth to a half of it is in use then. */
  void reindex() {
    int size = Math.max(FIRST_INDEX, Integer.highestOneBit(count()) * 4);
    if (size == index.length) {
      Arrays.fill(index, 0);
    } else {
      index = new long[size];
    }
    for (int slot = 0; slot < used; slot++) {
      if (isFlow(slot)) {
        enter(slot);
      }
    }
  }

  private void enter(int slot) {
    int mask = index.length - 1;
    int hash =
        FlowKey.hash(
            get(slot, HIGH_A),
            get(slot, LOW_A),
            get(slot, HIGH_B),
            get(slot, LOW_B),
            get(slot, ENDS));
    int at = hash & mask;
    while (index[at] != 0) {
      at = at + 1 & mask;
    }
    index[at] = entry(hash, slot);
  }

  private static long entry(int hash, int slot) {
    return (long) hash << 32 | (slot + 1);
  }

  /** The flows that were shelved; they are found by {@link #findOrAdd} like others. */
  List<SmallFlows> small() {
    return small;
  }

  private SmallFlows smallOf(long highA, long lowA, long highB, long lowB, long ends) {
    boolean ipv4 = Addresses.isIpv4(highA, lowA) && Addresses.isIpv4(highB, lowB);
    boolean tcp = FlowKey.protocol(ends) == IpProtocol.TCP;
    return small.get((ipv4 ? 0 : 2) + (tcp ? 0 : 1));
  }

  boolean isSmall(int slot) {
    return SmallFlows.fits(pages[slot >>> PAGE_BITS], base(slot));
  }

  /**
   * Moves a small flow to {@link #small}, where it takes less room, and frees its slot: nothing is
   * found or added until {@link #reindex}.
   */
  void shelve(int slot) {
    smallOf(
            get(slot, HIGH_A),
            get(slot, LOW_A),
            get(slot, HIGH_B),
            get(slot, LOW_B),
            get(slot, ENDS))
        .add(pages[slot >>> PAGE_BITS], base(slot));
    remove(slot);
  }

  /** A slot with the flow that was in this place of {@link #small}; no key leads to it. */
  int unshelve(SmallFlows from, int place) {
    int slot = add(0, 0, 0, 0, BESIDE);
    from.take(place, pages[slot >>> PAGE_BITS], base(slot));
    return slot;
  }

  private static int base(int slot) {
    return (slot & PAGE_SLOTS - 1) * STRIDE;
  }
}
