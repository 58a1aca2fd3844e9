package imon.pcap.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void anyChunkingGivesTheSameDigest() {
    Random random = new Random(1);
    byte[] bytes = randomBytes(random, 1000);
    String whole = digest(bytes, bytes.length);
    for (int round = 0; round < 500; round++) {
      Fingerprint fingerprint = new Fingerprint();
      int at = 0;
      while (at < bytes.length) {
        int to = Math.min(bytes.length, at + random.nextInt(round % 90 + 2));
        fingerprint.update(bytes, at, to);
        at = to;
      }
      assertEquals(whole, fingerprint.digest());
    }
  }

  @Test
  void takingTheDigestDoesNotDisturbWhatFollows() {
    byte[] bytes = randomBytes(new Random(2), 200);
    Fingerprint fingerprint = new Fingerprint();
    for (int length = 0; length < bytes.length; length++) {
      assertEquals(digest(bytes, length), fingerprint.digest());
      assertEquals(length, fingerprint.length());
      fingerprint.update(bytes, length, length + 1);
    }
  }

  @Test
  void zerosAtTheEndAndPrefixesDiffer() {
    Set<String> digests = new HashSet<>();
    byte[] zeros = new byte[300];
    byte[] text = randomBytes(new Random(3), 300);
    for (int length = 1; length <= 300; length++) {
      digests.add(digest(zeros, length));
      digests.add(digest(text, length));
    }
    assertEquals(600, digests.size());
  }

  @Test
  void everyInputBitChangesAboutHalfOfTheDigest() {
    byte[] bytes = randomBytes(new Random(4), 200);
    BigInteger original = new BigInteger(digest(bytes, bytes.length), 16);
    int lowest = 128;
    int highest = 0;
    long sum = 0;
    int bits = bytes.length * 8;
    for (int bit = 0; bit < bits; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      int changed = original.xor(new BigInteger(digest(bytes, bytes.length), 16)).bitCount();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      lowest = Math.min(lowest, changed);
      highest = Math.max(highest, changed);
      sum += changed;
    }
    assertTrue(lowest >= 38 && highest <= 90, lowest + ".." + highest);
    assertEquals(64.0, (double) sum / bits, 1.0);
  }

  @Test
  void sparseInputsDoNotCollide() {
    Set<String> digests = new HashSet<>();
    byte[] bytes = new byte[96];
    for (int first = 0; first < 768; first++) {
      for (int second = first; second < 768; second += 37) {
        bytes[first / 8] ^= (byte) (1 << first % 8);
        bytes[second / 8] ^= (byte) (1 << second % 8);
        boolean zero = first == second;
        assertTrue(zero || digests.add(digest(bytes, bytes.length).substring(0, 16)));
        bytes[first / 8] ^= (byte) (1 << first % 8);
        bytes[second / 8] ^= (byte) (1 << second % 8);
      }
    }
  }

  /** Stores keep digests: a change of the function makes every capture unknown. */
  @Test
  void theFunctionStaysTheSame() {
    byte[] bytes = new byte[100];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    assertEquals("997267c4778da31ef4afdabfb18faace", new Fingerprint().digest());
    assertEquals("011dbb59245ebcb22557e622cd8f2a1b", digest(bytes, 100));
  }

  private static String digest(byte[] bytes, int length) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.update(bytes, 0, length);
    return fingerprint.digest();
  }

  private static byte[] randomBytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
