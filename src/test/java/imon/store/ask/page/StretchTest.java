package imon.store.ask.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.store.ask.page.Stretch.Busy;
import imon.store.ask.page.Timeline.Outside;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which minutes the picture of traffic over time shows. */
class StretchTest {
  private static final long HOUR = 60;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;

  /** 2026-03-02 08:00 UTC. */
  private static final long NOW = 29_540_640;

  private final List<Busy> minutes = new ArrayList<>();

  /** So many packets in each of so many minutes, of 100 bytes each. */
  private StretchTest with(long from, long length, long packets) {
    for (long minute = from; minute < from + length; minute++) {
      minutes.add(new Busy(minute, packets, 100 * packets));
    }
    return this;
  }

  private Stretch stretch() {
    minutes.sort(Comparator.comparingLong(Busy::minute));
    return Stretch.of(minutes, 1);
  }

  private void assertShowsAll() {
    Stretch shown = stretch();
    assertEquals(
        new Stretch(minutes.get(0).minute(), minutes.get(minutes.size() - 1).minute(), null),
        shown);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 15_778_800, 34_790_000, NOW - 2 * DAY, NOW + 2 * DAY})
  void aPacketOfAnotherTimeIsOutside(long minute) {
    with(NOW, HOUR, 50).with(minute, 1, 3);
    assertEquals(new Stretch(NOW, NOW + HOUR - 1, new Outside(minute, minute + 1)), stretch());
  }

  @Test
  void whatIsOutsideOnBothSidesIsToldFromTheFirstToTheLast() {
    with(NOW, HOUR, 500).with(0, 2, 3).with(NOW + 10 * YEAR, 3, 1);
    assertEquals(new Stretch(NOW, NOW + HOUR - 1, new Outside(0, NOW + 10 * YEAR + 3)), stretch());
  }

  @Test
  void ofHoursTheLastOneIsWholeOutside() {
    minutes.add(new Busy(0, 1, 100));
    minutes.add(new Busy(NOW, 1000, 100_000));
    assertEquals(new Stretch(NOW, NOW, new Outside(0, 60)), Stretch.of(minutes, 60));
  }

  @ParameterizedTest
  @CsvSource({"1, 100", "2, 100", "100, 1", "1000, 1"})
  void nightsOfAMonthAreShownHoweverMuchOneOfThemHas(int first, int others) {
    with(NOW, 8 * HOUR, first);
    for (int night = 1; night < 30; night++) {
      with(NOW + night * DAY, 8 * HOUR, others);
    }
    assertShowsAll();
  }

  @Test
  void oneLargeNightAmongEmptyOnesIsNotAlone() {
    for (int night = 0; night < 30; night++) {
      with(NOW + night * DAY, 8 * HOUR, night == 15 ? 1_000_000 : 1);
    }
    assertShowsAll();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 50", "50, 1"})
  void twoCapturesAYearApartAreBothShown(int one, int other) {
    with(NOW, HOUR, one).with(NOW + YEAR, HOUR, other);
    assertShowsAll();
  }

  @Test
  void weeklyCapturesAreShown() {
    for (int week = 0; week < 150; week++) {
      with(NOW + 7 * DAY * week, HOUR, 1);
    }
    assertShowsAll();
  }

  /** What is hard to decide is decided by how much there is and by the gap. */
  @Test
  void aTinyCaptureAMonthBeforeALargeOneIsShownBesideDaysAndNotBesideAnHour() {
    with(NOW, 4 * DAY, 100).with(NOW - 30 * DAY, 10, 1);
    assertShowsAll();
    minutes.clear();
    with(NOW, HOUR, 100).with(NOW - 30 * DAY, 10, 1);
    assertEquals(new Outside(NOW - 30 * DAY, NOW - 30 * DAY + 10), stretch().outside());
  }

  @Test
  void whatIsFewPacketsAndManyBytesIsShown() {
    with(NOW, HOUR, 50);
    minutes.add(new Busy(0, 1, 10_000));
    assertShowsAll();
  }

  @Test
  void whatIsManyPacketsAndFewBytesIsShown() {
    minutes.add(new Busy(0, 50, 2_000));
    minutes.add(new Busy(NOW, 1_000, 1_000_000));
    assertShowsAll();
  }

  @Test
  void ofLessThanAHundredPacketsNoneIsLittle() {
    with(0, 1, 1).with(NOW, 1, 98);
    assertShowsAll();
    minutes.clear();
    with(0, 1, 1).with(NOW, 1, 99);
    assertEquals(new Stretch(NOW, NOW, new Outside(0, 1)), stretch());
  }

  @Test
  void howFarItReachesGrowsWithWhatItTakesIn() {
    with(NOW, HOUR, 1000).with(NOW + 20 * HOUR, 1, 1).with(NOW + 9 * DAY, 1, 1);
    assertShowsAll();
    minutes.clear();
    with(NOW, HOUR, 1000).with(NOW + 9 * DAY, 1, 1);
    assertEquals(NOW + HOUR - 1, stretch().last());
  }

  @Test
  void aBorderIsNearUpToADay() {
    with(NOW, HOUR, 1000).with(NOW + HOUR - 1 + DAY, 1, 1);
    assertShowsAll();
    minutes.clear();
    with(NOW, HOUR, 1000).with(NOW + HOUR + DAY, 1, 1);
    assertEquals(NOW + HOUR - 1, stretch().last());
  }
}
