package imon.flow;

import imon.wire.Addresses;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Flows of at most one packet in each direction that began long ago, in less than half the room of
 * a record of {@link FlowTable}: a scan or a flood leaves millions of them. Nothing is lost: a flow
 * that goes on becomes a record as it was. They stand in pages in the order they came, and a page
 * is looked through only when one of its flows may be over: flows of one gap stand together.
 */
final class SmallFlows {
  /** For how many packets of the capture a flow is kept; there cannot be more flows than that. */
  private static final long DISTANCE = 1 << 24;

  /** Wire lengths stand in these lower bits of a word, something else above them. */
  private static final int LENGTH_BITS = 19;

  private static final long LENGTH = (1L << LENGTH_BITS) - 1;
  private static final int REST_BITS = Long.SIZE - 1 - LENGTH_BITS;

  // Words of an entry behind its addresses, which take one word (IPv4) or four.
  private static final int ENDS = 0;
  private static final int NUMBER_AND_LENGTH_A = 1;
  private static final int DURATION_AND_LENGTH_B = 2;
  private static final int TIME = 3;
  private static final int SEQUENCES = 4;
  private static final int STATE = 5;
  private static final int WORDS = 6;

  private static final int PAGE_BITS = 12;
  private static final int PAGE_PLACES = 1 << PAGE_BITS;
  private static final int FIRST_INDEX = 1 << 12;

  /** Protocol and ports of an entry that was taken out. */
  private static final long NO_FLOW = -1;

  /** In the index: something else was here, look on. */
  private static final int REMOVED = -1;

  private final boolean ipv4;
  private final long gap;
  private final int addressWords;
  private @Nullable Page[] pages = new @Nullable Page[16];
  private int used;
  private int count;
  private int[] index = new int[FIRST_INDEX];

  /** Entries of the index that are not 0. */
  private int filled;

  /** Some entries, and when the first of them may be over. */
  private static final class Page {
    final long[] words;
    int count;
    long firstDue = Long.MAX_VALUE;
    long lastDue = Long.MIN_VALUE;
    long firstNumber = Long.MAX_VALUE;

    Page(int words) {
      this.words = new long[words];
    }

    boolean isDue(long packetNumber, long earliest, long latest) {
      return earliest > firstDue || latest < lastDue || packetNumber - firstNumber > DISTANCE;
    }
  }

  /**
   * @param ipv4 whether it is for flows between IPv4 addresses, else for all others
   * @param gap nanoseconds of silence that each of them outlasts
   */
  SmallFlows(boolean ipv4, long gap) {
    this.ipv4 = ipv4;
    this.gap = gap;
    addressWords = ipv4 ? 1 : 4;
  }

  int count() {
    return count;
  }

  /** Whether the record in {@code words} from {@code base} on fits into an entry. */
  static boolean fits(long[] words, int base) {
    long duration = words[base + FlowTable.LAST_TIME] - words[base + FlowTable.FIRST_TIME];
    return words[base + FlowTable.PACKETS_A] == 1
        && words[base + FlowTable.PACKETS_B] <= 1
        && words[base + FlowTable.SLICE] == 0
        && words[base + FlowTable.BYTES_A] <= LENGTH
        && words[base + FlowTable.BYTES_B] <= LENGTH
        && words[base + FlowTable.FIRST_PACKET] >>> REST_BITS == 0
        && duration >>> REST_BITS == 0
        && !FlowState.isFollowed(words[base + FlowTable.STATE]);
  }

  /** Takes in a record that fits. */
  void add(long[] words, int base) {
    int place = used++;
    if (place >>> PAGE_BITS == pages.length) {
      pages = Arrays.copyOf(pages, pages.length * 2);
    }
    Page page = pages[place >>> PAGE_BITS];
    if (page == null) {
      page = new Page(PAGE_PLACES * (addressWords + WORDS));
      pages[place >>> PAGE_BITS] = page;
    }
    write(page.words, base(place), words, base);
    page.firstDue = Math.min(page.firstDue, words[base + FlowTable.LAST_TIME] + gap);
    page.lastDue = Math.max(page.lastDue, words[base + FlowTable.FIRST_TIME] - gap);
    page.firstNumber = Math.min(page.firstNumber, words[base + FlowTable.FIRST_PACKET]);
    page.count++;
    count++;
    enter(place);
    if (filled * 4L > index.length * 3L) {
      reindex();
    }
  }

  private void write(long[] entry, int at, long[] words, int base) {
    if (ipv4) {
      entry[at] =
          words[base + FlowTable.LOW_A] << 32 | (words[base + FlowTable.LOW_B] & 0xffff_ffffL);
    } else {
      System.arraycopy(words, base, entry, at, addressWords);
    }
    int rest = at + addressWords;
    long time = words[base + FlowTable.FIRST_TIME];
    entry[rest + ENDS] = words[base + FlowTable.ENDS];
    entry[rest + NUMBER_AND_LENGTH_A] =
        words[base + FlowTable.FIRST_PACKET] << LENGTH_BITS | words[base + FlowTable.BYTES_A];
    // A packet has bytes: without any there was none from B.
    entry[rest + DURATION_AND_LENGTH_B] =
        (words[base + FlowTable.LAST_TIME] - time) << LENGTH_BITS | words[base + FlowTable.BYTES_B];
    entry[rest + TIME] = time;
    entry[rest + SEQUENCES] = words[base + FlowTable.SEQUENCES];
    entry[rest + STATE] = words[base + FlowTable.STATE];
  }

  /** Writes the record of the flow here into {@code words} from {@code base} on; forgets it. */
  void take(int place, long[] words, int base) {
    Page page = page(place);
    int rest = base(place) + addressWords;
    long first = page.words[rest + NUMBER_AND_LENGTH_A];
    long second = page.words[rest + DURATION_AND_LENGTH_B];
    long time = page.words[rest + TIME];
    for (int word = FlowTable.HIGH_A; word <= FlowTable.LOW_B; word++) {
      words[base + word] = address(place, word);
    }
    words[base + FlowTable.ENDS] = page.words[rest + ENDS];
    words[base + FlowTable.FIRST_PACKET] = first >>> LENGTH_BITS;
    words[base + FlowTable.FIRST_TIME] = time;
    words[base + FlowTable.LAST_TIME] = time + (second >>> LENGTH_BITS);
    words[base + FlowTable.PACKETS_A] = 1;
    words[base + FlowTable.BYTES_A] = first & LENGTH;
    words[base + FlowTable.PACKETS_B] = (second & LENGTH) > 0 ? 1 : 0;
    words[base + FlowTable.BYTES_B] = second & LENGTH;
    words[base + FlowTable.SEQUENCES] = page.words[rest + SEQUENCES];
    words[base + FlowTable.STATE] = page.words[rest + STATE];
    words[base + FlowTable.MINUTE] = time / FlowTable.MINUTE_NANOS;
    words[base + FlowTable.SLICE] = 0;
    forget(place, page);
  }

  private void forget(int place, Page page) {
    int mask = index.length - 1;
    int at = hash(place) & mask;
    while (index[at] != place + 1) {
      at = at + 1 & mask;
    }
    index[at] = REMOVED;
    page.words[base(place) + addressWords + ENDS] = NO_FLOW;
    count--;
    if (--page.count == 0 && place >>> PAGE_BITS < used >>> PAGE_BITS) {
      pages[place >>> PAGE_BITS] = null;
    }
  }

  /** Place of the flow between two ends, in either direction, or -1. */
  int find(int hash, long highA, long lowA, long highB, long lowB, long ends) {
    int mask = index.length - 1;
    for (int at = hash & mask; index[at] != 0; at = at + 1 & mask) {
      int place = index[at] - 1;
      if (place >= 0
          && (matches(place, highA, lowA, highB, lowB, ends)
              || matches(place, highB, lowB, highA, lowA, FlowKey.swapped(ends)))) {
        return place;
      }
    }
    return -1;
  }

  private boolean matches(int place, long highA, long lowA, long highB, long lowB, long ends) {
    return ends(place) == ends
        && address(place, FlowTable.LOW_A) == lowA
        && address(place, FlowTable.LOW_B) == lowB
        && address(place, FlowTable.HIGH_A) == highA
        && address(place, FlowTable.HIGH_B) == highB;
  }

  /** The first flow from {@code place} on; -1 when there is none. */
  int next(int place) {
    return next(place, Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE);
  }

  /** The first flow from {@code place} on in a page where one may be over; -1 when none is. */
  int next(int place, long packetNumber, long earliest, long latest) {
    int at = place;
    while (at < used) {
      Page page = pages[at >>> PAGE_BITS];
      boolean due = page != null && page.isDue(packetNumber, earliest, latest);
      if (!due) {
        at = (at | PAGE_PLACES - 1) + 1;
      } else if (ends(at) == NO_FLOW) {
        at++;
      } else {
        return at;
      }
    }
    return -1;
  }

  /**
   * Whether the flow is over: this packet is too far from its own, or everything between two times
   * is too late for it, or too early.
   */
  boolean isOver(int place, long packetNumber, long earliest, long latest) {
    long time = rest(place, TIME);
    long last = time + (rest(place, DURATION_AND_LENGTH_B) >>> LENGTH_BITS);
    return packetNumber - (rest(place, NUMBER_AND_LENGTH_A) >>> LENGTH_BITS) > DISTANCE
        || earliest - last > gap
        || time - latest > gap;
  }

  private long ends(int place) {
    return rest(place, ENDS);
  }

  /** See {@link Addresses#pairHash}. */
  long pairHash(int place) {
    return Addresses.pairHash(
        address(place, FlowTable.HIGH_A),
        address(place, FlowTable.LOW_A),
        address(place, FlowTable.HIGH_B),
        address(place, FlowTable.LOW_B));
  }

  /** A word of the record's addresses, which are its first four. */
  private long address(int place, int word) {
    long[] words = page(place).words;
    if (!ipv4) {
      return words[base(place) + word];
    }
    long both = words[base(place)];
    return switch (word) {
      case FlowTable.LOW_A -> Addresses.mapped((int) (both >>> 32));
      case FlowTable.LOW_B -> Addresses.mapped((int) both);
      default -> 0;
    };
  }

  private long rest(int place, int word) {
    return page(place).words[base(place) + addressWords + word];
  }

  private Page page(int place) {
    return pages[place >>> PAGE_BITS];
  }

  private void enter(int place) {
    int mask = index.length - 1;
    int at = hash(place) & mask;
    while (index[at] != 0) {
      at = at + 1 & mask;
    }
    index[at] = place + 1;
    filled++;
  }

  private void reindex() {
    index = new int[Math.max(FIRST_INDEX, Integer.highestOneBit(count) * 4)];
    filled = 0;
    for (int place = next(0); place >= 0; place = next(place + 1)) {
      enter(place);
    }
  }

  private int hash(int place) {
    return FlowKey.hash(
        address(place, FlowTable.HIGH_A),
        address(place, FlowTable.LOW_A),
        address(place, FlowTable.HIGH_B),
        address(place, FlowTable.LOW_B),
        ends(place));
  }

  private int base(int place) {
    return (place & PAGE_PLACES - 1) * (addressWords + WORDS);
  }
}
