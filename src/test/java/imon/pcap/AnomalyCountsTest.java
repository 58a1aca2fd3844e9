package imon.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AnomalyCountsTest {
  @Test
  void theLowestPacketNumberIsKept() {
    AnomalyCounts counts = counts(9, 3, 5);
    assertEquals(3, counts.count(Anomaly.BROKEN_OPTION));
    assertEquals(3, counts.firstPacketNumber(Anomaly.BROKEN_OPTION));
    assertEquals(0, counts.count(Anomaly.TIME_OUT_OF_RANGE));
    assertEquals(0, counts.firstPacketNumber(Anomaly.TIME_OUT_OF_RANGE));
    assertEquals("broken-option 3 (first in packet 3)", counts.toString());
  }

  @Test
  void mergingIsTheSameInAnyOrderAndGrouping() {
    AnomalyCounts left = new AnomalyCounts();
    left.merge(counts(9));
    left.merge(counts());
    left.merge(counts(3, 5));
    AnomalyCounts inner = counts(5, 3);
    inner.merge(counts(9));
    AnomalyCounts right = new AnomalyCounts();
    right.merge(inner);
    assertEquals(left, right);
    assertEquals(counts(3, 5, 9), right);
  }

  private static AnomalyCounts counts(long... packets) {
    AnomalyCounts counts = new AnomalyCounts();
    for (long packet : packets) {
      counts.count(Anomaly.BROKEN_OPTION, packet);
    }
    return counts;
  }
}
