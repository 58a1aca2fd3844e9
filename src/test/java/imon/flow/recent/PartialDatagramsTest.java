package imon.flow.recent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.flow.recent.PartialDatagram.Verdict;
import imon.pcap.Anomaly;
import imon.pcap.AnomalyCounts;
import imon.testing.Allocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialDatagramsTest {
  private static final byte[] DATAGRAM = new byte[3000];

  static {
    new Random(5).nextBytes(DATAGRAM);
  }

  private final AnomalyCounts anomalies = new AnomalyCounts();
  private final PartialDatagrams partials = new PartialDatagrams(anomalies);
  private long packet;

  /** A part of the datagram. */
  private record Piece(int from, int to) {
    Verdict addTo(PartialDatagram partial) {
      if (from == 0) {
        partial.first(1, 0);
      }
      return partial.add(from, to == DATAGRAM.length, DATAGRAM, from, to);
    }
  }

  private PartialDatagram open(long signature, boolean version6) {
    return partials.open(signature, ++packet, version6);
  }

  private static void assertWhole(PartialDatagram partial) {
    byte[] whole = new byte[PartialDatagram.MAX_BYTES];
    partial.layOut(whole);
    assertEquals(DATAGRAM.length, partial.length());
    assertArrayEquals(DATAGRAM, Arrays.copyOf(whole, partial.length()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void piecesInAnyOrderAndTwiceAreWholeWithTheLastThatIsMissing(boolean version6) {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Piece> pieces = new ArrayList<>();
      int size = 8 * (6 + random.nextInt(100));
      for (int at = 0; at < DATAGRAM.length; at += size) {
        pieces.add(new Piece(at, Math.min(DATAGRAM.length, at + size)));
      }
      pieces.add(pieces.get(random.nextInt(pieces.size())));
      Collections.shuffle(pieces, random);
      PartialDatagram partial = open(seed, version6);
      List<Verdict> verdicts = pieces.stream().map(piece -> piece.addTo(partial)).toList();
      assertEquals(1, Collections.frequency(verdicts, Verdict.WHOLE), verdicts::toString);
      assertEquals(0, Collections.frequency(verdicts, Verdict.SPOILED), verdicts::toString);
      assertWhole(partial);
    }
  }

  @Test
  void piecesOfIpv4MayOverlapWhereTheyAgree() {
    PartialDatagram partial = open(1, false);
    assertEquals(Verdict.INCOMPLETE, new Piece(0, 1600).addTo(partial));
    assertEquals(Verdict.INCOMPLETE, new Piece(2400, 3000).addTo(partial));
    assertEquals(Verdict.WHOLE, new Piece(1592, 2408).addTo(partial));
    assertWhole(partial);
  }

  @Test
  void lengthsThatContradictEachOtherSpoilADatagram() {
    PartialDatagram two = open(1, false);
    assertEquals(Verdict.INCOMPLETE, two.add(800, true, DATAGRAM, 0, 10));
    assertEquals(Verdict.SPOILED, two.add(800, true, DATAGRAM, 0, 20));
    assertEquals(Verdict.OVER, new Piece(0, 800).addTo(two));
    PartialDatagram beyond = open(2, false);
    assertEquals(Verdict.INCOMPLETE, beyond.add(800, true, DATAGRAM, 0, 10));
    assertEquals(Verdict.SPOILED, beyond.add(808, false, DATAGRAM, 0, 8));
    PartialDatagram odd = open(3, false);
    assertEquals(Verdict.SPOILED, odd.add(0, false, DATAGRAM, 0, 9));
  }

  @Test
  void theLargestDatagramIsOf16KibAnd64Fragments() {
    byte[] most = new byte[PartialDatagram.MAX_BYTES];
    PartialDatagram large = open(1, false);
    large.first(1, 0);
    assertEquals(Verdict.WHOLE, large.add(0, true, most, 0, most.length));
    assertEquals(Verdict.SPOILED, open(2, false).add(8, true, most, 0, most.length - 7));
    PartialDatagram many = open(3, false);
    for (int i = 1; i <= PartialDatagram.MAX_FRAGMENTS; i++) {
      assertEquals(Verdict.INCOMPLETE, many.add(16 * i, false, most, 0, 8));
    }
    assertEquals(Verdict.SPOILED, many.add(8, false, most, 0, 8));
  }

  @Test
  void datagramsAreForgottenInOrderAndWhatIsMissingIsCounted() {
    PartialDatagram whole = open(1, false);
    whole.first(1, 0);
    whole.add(0, true, DATAGRAM, 0, 8);
    open(2, false);
    partials.expire(1 + PartialDatagrams.DISTANCE);
    assertNotNull(partials.find(1));
    partials.expire(2 + PartialDatagrams.DISTANCE);
    assertNull(partials.find(1));
    assertEquals(0, anomalies.total());
    partials.expire(Long.MAX_VALUE);
    assertNull(partials.find(2));
    assertEquals(1, anomalies.count(Anomaly.DATAGRAM_INCOMPLETE));
    assertEquals(2, anomalies.firstPacketNumber(Anomaly.DATAGRAM_INCOMPLETE));
  }

  @Test
  void signaturesInTheSamePlaceAreToldApart() {
    List<PartialDatagram> opened = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      opened.add(open(i, false));
    }
    PartialDatagram again = open(2, false);
    opened.set(2, again);
    for (int i = 0; i < 5; i++) {
      assertEquals(opened.get(i), partials.find(i));
    }
  }

  @Test
  void nothingIsAllocatedOnceWarm() {
    long bytes = Allocation.of(20_000, this::fragment);
    assertTrue(bytes < 10_000, () -> bytes + " bytes");
  }

  private void fragment() {
    packet++;
    partials.expire(packet);
    PartialDatagram partial = partials.open(packet << 32, packet, false);
    partial.first(1, 0);
    partial.add(0, false, DATAGRAM, 0, 1600);
    partial.add(1600, true, DATAGRAM, 1600, 3000);
  }
}
