package imon.flow;

import imon.flow.recent.FreePlaces;
import imon.wire.Addresses;
import java.util.Arrays;

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

  /** Protocol, whether there are ports, and the ports: {@link #ends}. */
  static final int ENDS = 4;

  static final int FIRST_PACKET = 5;
  static final int FIRST_TIME = 6;
  static final int LAST_TIME = 7;
  static final int PACKETS_A = 8;
  static final int BYTES_A = 9;
  static final int PACKETS_B = 10;
  static final int BYTES_B = 11;

  /** Sequence number each direction starts with: A's in the upper half. */
  private static final int SEQUENCES = 12;

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

  private static final long PORTED = 1L << 32;

  /** {@link #ENDS} of a slot that is free. */
  private static final long NO_FLOW = -1;

  /** {@link #ENDS} of a record that no key leads to. */
  private static final long BESIDE = 1L << 33;

  static final long MINUTE_NANOS = 60_000_000_000L;

  private long[][] pages = new long[16][];
  private int used;
  private final FreePlaces free = new FreePlaces();
  private int[] index = new int[FIRST_INDEX];

  /** The word of a record that says protocol and ports, A's first. */
  static long ends(int protocol, boolean ported, int portA, int portB) {
    return (long) protocol << 40 | (ported ? PORTED : 0) | (long) portA << 16 | portB;
  }

  static int protocol(long ends) {
    return (int) (ends >>> 40);
  }

  static boolean isPorted(long ends) {
    return (ends & PORTED) != 0;
  }

  static int portA(long ends) {
    return (int) (ends >>> 16) & 0xffff;
  }

  static int portB(long ends) {
    return (int) ends & 0xffff;
  }

  private static long swapped(long ends) {
    return (ends & ~0xffff_ffffL) | (ends & 0xffff) << 16 | (ends >>> 16 & 0xffff);
  }

  long get(int slot, int field) {
    return pages[slot >>> PAGE_BITS][(slot & PAGE_SLOTS - 1) * STRIDE + field];
  }

  /** Bits of {@link FlowState}. */
  long state(int slot) {
    return get(slot, STATE);
  }

  void setState(int slot, long state) {
    set(slot, STATE, state);
  }

  /** Tells the directions of all flows apart. */
  static long direction(int slot, boolean fromA) {
    return (long) slot << 1 | (fromA ? 0 : 1);
  }

  void set(int slot, int field, long value) {
    pages[slot >>> PAGE_BITS][(slot & PAGE_SLOTS - 1) * STRIDE + field] = value;
  }

  void add(int slot, int field, long value) {
    pages[slot >>> PAGE_BITS][(slot & PAGE_SLOTS - 1) * STRIDE + field] += value;
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
    long swapped = swapped(ends);
    int at = home(highA, lowA, highB, lowB, ends, swapped);
    int mask = index.length - 1;
    while (index[at] != 0) {
      int slot = index[at] - 1;
      long[] page = pages[slot >>> PAGE_BITS];
      int base = (slot & PAGE_SLOTS - 1) * STRIDE;
      if (matches(page, base, highA, lowA, highB, lowB, ends)
          || matches(page, base, highB, lowB, highA, lowA, swapped)) {
        return slot;
      }
      at = at + 1 & mask;
    }
    int slot = add(highA, lowA, highB, lowB, ends);
    index[at] = slot + 1;
    if (count() * 2L > index.length) {
      reindex();
    }
    return slot;
  }

  private static boolean matches(
      long[] page, int base, long highA, long lowA, long highB, long lowB, long ends) {
    return page[base + LOW_A] == lowA
        && page[base + LOW_B] == lowB
        && page[base + ENDS] == ends
        && page[base + HIGH_A] == highA
        && page[base + HIGH_B] == highB;
  }

  private int home(long highA, long lowA, long highB, long lowB, long ends, long swapped) {
    long pair = Addresses.pairHash(highA, lowA, highB, lowB);
    long hash = Addresses.hash(pair, ends + swapped);
    return (int) (hash >>> 32) & index.length - 1;
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
    int base = (slot & PAGE_SLOTS - 1) * STRIDE;
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
      index = new int[size];
    }
    for (int slot = 0; slot < used; slot++) {
      if (isFlow(slot)) {
        enter(slot);
      }
    }
  }

  private void enter(int slot) {
    long[] page = pages[slot >>> PAGE_BITS];
    int base = (slot & PAGE_SLOTS - 1) * STRIDE;
    long ends = page[base + ENDS];
    int at =
        home(
            page[base + HIGH_A],
            page[base + LOW_A],
            page[base + HIGH_B],
            page[base + LOW_B],
            ends,
            swapped(ends));
    while (index[at] != 0) {
      at = at + 1 & index.length - 1;
    }
    index[at] = slot + 1;
  }
}
