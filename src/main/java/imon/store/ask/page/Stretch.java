package imon.store.ask.page;

import imon.store.ask.page.Timeline.Outside;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The minutes that a picture of traffic over time shows. A clock that is wrong puts a few packets
 * years away from the others, and a picture of all would show those in one bar. What is little and
 * so far away that most of the picture would be the gap is left out; what is not little never is,
 * however far away, nor what comes again within a day, as nightly captures do.
 *
 * @param first minutes since 1970 UTC
 * @param last the same, of the last minute with packets
 * @param outside what is left out; null for nothing
 */
record Stretch(long first, long last, @Nullable Outside outside) {
  /** Of packets and of bytes, as much as one in so many is little. */
  private static final int LITTLE = 100;

  /** A stretch takes in what is no farther away than so many times its length. */
  private static final int NEAR = 10;

  private static final long DAY = 24 * 60L;

  /** What one minute has. */
  record Busy(long minute, long packets, long bytes) {}

  /**
   * @param minutes those with packets, in their order; at least one
   * @param told how many minutes each of them stands for
   */
  static Stretch of(List<Busy> minutes, int told) {
    Growing shown = new Growing(minutes);
    shown.findShortest();
    shown.grow();
    return shown.stretch(told);
  }

  /** A stretch between two places in the list. */
  private static final class Growing {
    private final List<Busy> minutes;
    private int from;
    private int to;

    Growing(List<Busy> minutes) {
      this.minutes = minutes;
      to = minutes.size() - 1;
    }

    private long at(int place) {
      return minutes.get(place).minute();
    }

    /** The shortest that has all but little; the earliest of those. */
    void findShortest() {
      long packets = minutes.stream().mapToLong(Busy::packets).sum();
      long bytes = minutes.stream().mapToLong(Busy::bytes).sum();
      long packetsToLose = packets / LITTLE;
      long bytesToLose = bytes / LITTLE;
      long packetsOut = packets;
      long bytesOut = bytes;
      int start = 0;
      for (int end = 0; end < minutes.size(); end++) {
        packetsOut -= minutes.get(end).packets();
        bytesOut -= minutes.get(end).bytes();
        while (start <= end
            && packetsOut + minutes.get(start).packets() <= packetsToLose
            && bytesOut + minutes.get(start).bytes() <= bytesToLose) {
          packetsOut += minutes.get(start).packets();
          bytesOut += minutes.get(start).bytes();
          start++;
        }
        if (packetsOut <= packetsToLose
            && bytesOut <= bytesToLose
            && at(end) - at(start) < at(to) - at(from)) {
          from = start;
          to = end;
        }
      }
    }

    /** The more it takes in, the farther it reaches: in which order makes no difference. */
    void grow() {
      while (true) {
        long near = Math.max(DAY, NEAR * (at(to) - at(from) + 1));
        if (from > 0 && at(from) - at(from - 1) <= near) {
          from--;
        } else if (to < minutes.size() - 1 && at(to + 1) - at(to) <= near) {
          to++;
        } else {
          return;
        }
      }
    }

    Stretch stretch(int told) {
      int end = minutes.size() - 1;
      if (from == 0 && to == end) {
        return new Stretch(at(from), at(to), null);
      }
      long farFirst = from > 0 ? at(0) : at(to + 1);
      long farLast = to < end ? at(end) : at(from - 1);
      return new Stretch(at(from), at(to), new Outside(farFirst, farLast + told));
    }
  }
}
