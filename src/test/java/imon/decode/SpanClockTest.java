package imon.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class SpanClockTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int SPAN = SpanClock.PACKETS;

  private record Told(long beforePacket, long earliest, long latest) {}

  private static List<Told> told(int packets, LongUnaryOperator timeOfPacket) {
    SpanClock clock = new SpanClock();
    List<Told> told = new ArrayList<>();
    for (long number = 1; number <= packets; number++) {
      if (clock.tick(number, timeOfPacket.applyAsLong(number))) {
        told.add(new Told(number, clock.earliest(), clock.latest()));
      }
    }
    return told;
  }

  @Test
  void eachSpanTellsItsOwnTimes() {
    long start = 1_000_000 * SECOND;
    List<Told> told = told(2 * SPAN, number -> start + number * SECOND);
    assertEquals(
        List.of(
            new Told(SPAN, start + SECOND, start + (SPAN - 1) * SECOND),
            new Told(2L * SPAN, start + SPAN * SECOND, start + (2L * SPAN - 1) * SECOND)),
        told);
  }

  @Test
  void timeThatHardlyMovesIsNotTold() {
    long start = 100 * SECOND;
    List<Told> told = told(8 * SPAN, number -> start + number / SPAN * 10 * SECOND);
    assertEquals(List.of(start, start + 40 * SECOND), told.stream().map(Told::earliest).toList());
  }

  @Test
  void timeThatStandsStillIsToldNowAndThen() {
    int most = SpanClock.MOST_PACKETS;
    List<Told> told = told(2 * most + SPAN, number -> 1_000_000 * SECOND);
    assertEquals(
        List.of((long) SPAN, (long) most, 2L * most),
        told.stream().map(Told::beforePacket).toList());
  }

  @Test
  void timeThatMovesBackIsTold() {
    long start = 1_000_000 * SECOND;
    List<Told> told = told(3 * SPAN, number -> start - number / SPAN * 3600 * SECOND);
    assertEquals(
        List.of(start, start - 3600 * SECOND, start - 7200 * SECOND),
        told.stream().map(Told::latest).toList());
  }
}
