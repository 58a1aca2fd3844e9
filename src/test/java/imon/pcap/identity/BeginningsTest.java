package imon.pcap.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeginningsTest {
  private static final byte[] BYTES = new byte[1000];

  static {
    new Random(7).nextBytes(BYTES);
  }

  private static KnownCapture first(int length) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.update(BYTES, 0, length);
    return new KnownCapture(fingerprint.digest(), length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 100, 1000})
  void theBytesMayComeInPiecesOfAnySize(int piece) {
    Beginnings beginnings =
        new Beginnings(List.of(first(640), first(24), first(65), first(999), first(1000)));
    Fingerprint fingerprint = new Fingerprint();
    for (int at = 0; at < BYTES.length; at += piece) {
      beginnings.update(fingerprint, BYTES, at, Math.min(BYTES.length, at + piece));
    }
    assertEquals(
        List.of(first(24), first(65), first(640), first(999)), beginnings.before(BYTES.length));
    assertEquals(5, beginnings.found().size());
    assertEquals(first(1000).fingerprint(), fingerprint.digest());
  }

  @Test
  void otherBytesOfTheSameLengthAreNotFound() {
    KnownCapture other = new KnownCapture(first(65).fingerprint(), 64);
    Beginnings beginnings = new Beginnings(List.of(other, first(64)));
    beginnings.update(new Fingerprint(), BYTES, 0, 1000);
    assertEquals(List.of(first(64)), beginnings.before(1000));
  }

  @Test
  void allAreComparedOnceTheLongestIs() {
    Beginnings beginnings = new Beginnings(List.of(first(64), first(500)));
    Fingerprint fingerprint = new Fingerprint();
    beginnings.update(fingerprint, BYTES, 0, 499);
    assertFalse(beginnings.areCompared());
    assertEquals(List.of(first(64)), beginnings.found());
    beginnings.update(fingerprint, BYTES, 499, 500);
    assertTrue(beginnings.areCompared());
    assertEquals(List.of(first(64), first(500)), beginnings.found());
  }

  @Test
  void oneThatEndsInBytesHashedElsewhereIsPassedOver() {
    Beginnings beginnings = new Beginnings(List.of(first(300), first(500), first(700)));
    Fingerprint fingerprint = new Fingerprint();
    beginnings.update(fingerprint, BYTES, 0, 200);
    fingerprint.update(BYTES, 200, 500);
    beginnings.compare(fingerprint);
    beginnings.update(fingerprint, BYTES, 500, 1000);
    assertEquals(List.of(first(500), first(700)), beginnings.before(1000));
  }
}
