package imon.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.testing.Allocation;
import imon.testing.Hex;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DnsMessageRobustnessTest {
  private static final byte[] TYPICAL =
      Hex.bytes(
          "0001 8180 0001 0003 0000 0000 03'www' 07'example' 03'com' 00 0001 0001"
              + "c00c 0005 0001 0000012c 0006 03'cdn' c010"
              + "c02d 0001 0001 0000003c 0004 c0000201"
              + "c02d 0001 0001 0000003c 0004 c0000202");

  private final NameTable table = new NameTable();
  private final DnsMessage message = new DnsMessage(table);

  @Test
  void everyPrefixGivesTheAddressesWholeInIt() {
    message.wrap(TYPICAL, 0, TYPICAL.length);
    List<String> all = Described.addresses(message);
    assertEquals(2, all.size());
    for (int length = 0; length < TYPICAL.length; length++) {
      byte[] prefix = Arrays.copyOf(TYPICAL, length);
      if (message.wrap(prefix, 0, length)) {
        List<String> some = Described.addresses(message);
        assertEquals(all.subList(0, some.size()), some);
        assertEquals(length >= TYPICAL.length - 16 ? 1 : 0, some.size());
        assertEquals(Fault.CUT, message.fault());
      } else {
        assertTrue(length < 12);
      }
    }
  }

  @Test
  void everyPrefixOfRandomResponsesStaysWithinTheMessage() {
    RandomResponse responses = new RandomResponse(new Random(4));
    for (int i = 0; i < 500; i++) {
      byte[] wire = responses.next().toWire();
      message.wrap(wire, 0, wire.length);
      Set<String> canonical = canonicalWithAddress();
      for (int length = 12; length < wire.length; length++) {
        assertTrue(message.wrap(Arrays.copyOf(wire, length), 0, length));
        assertTrue(canonical.containsAll(canonicalWithAddress()));
      }
    }
  }

  @Test
  void flippedBytesNeitherThrowNorEscapeTheMessage() {
    RandomResponse responses = new RandomResponse(new Random(5));
    Random random = new Random(6);
    int faulty = 0;
    for (int i = 0; i < 40_000; i++) {
      byte[] wire = i % 2 == 0 ? TYPICAL.clone() : responses.next().toWire();
      int flips = 1 + random.nextInt(4);
      for (int f = 0; f < flips; f++) {
        wire[2 + random.nextInt(wire.length - 2)] = (byte) random.nextInt(256);
      }
      assertTrue(message.wrap(wire, 0, wire.length));
      faulty += message.fault() == Fault.NONE ? 0 : 1;
      assertEquals(message.addressCount(), Described.addresses(message).size());
    }
    assertNotEquals(0, faulty);
  }

  @Test
  void noiseIsReadWithoutThrowing() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      byte[] noise = new byte[random.nextInt(120)];
      random.nextBytes(noise);
      if (noise.length > 12) {
        System.arraycopy(TYPICAL, 0, noise, 0, 12);
      }
      assertEquals(noise.length >= 12, message.wrap(noise, 0, noise.length));
    }
  }

  @Test
  void aChainOfPointersIsFollowedOnlySoFar() {
    assertEquals(1, addressesBehind(100));
    assertEquals(Fault.NONE, message.fault());
    assertEquals(0, addressesBehind(200));
    assertEquals(Fault.MALFORMED, message.fault());
  }

  @Test
  void aReusedViewRemembersNothingOfTheMessageBefore() {
    RandomResponse responses = new RandomResponse(new Random(8));
    for (int i = 0; i < 2_000; i++) {
      byte[] wire = responses.next().toWire();
      DnsMessage fresh = new DnsMessage(table);
      fresh.wrap(wire, 0, wire.length);
      message.wrap(wire, 0, wire.length);
      assertEquals(Described.addresses(fresh), Described.addresses(message));
      assertEquals(fresh.questionHash(), message.questionHash());
      if (i % 3 == 0) {
        assertFalse(message.wrap(wire, 0, 11));
      }
    }
  }

  @Test
  void readingKnownNamesAllocatesNothing() {
    long bytes = Allocation.of(100_000, () -> assertTrue(message.wrap(TYPICAL, 0, TYPICAL.length)));
    assertNotNull(message.questionName());
    assertTrue(bytes < 10_000, () -> bytes + " bytes");
  }

  /**
   * An address whose owner is reached over pointers that stand in a TXT record, each to the last.
   */
  private int addressesBehind(int pointers) {
    StringBuilder text = new StringBuilder();
    int target = 12;
    int next = 12 + 21 + 12;
    for (int i = 0; i < pointers; i++) {
      text.append(String.format("%04x", 0xc000 | target));
      target = next;
      next += 2;
    }
    String fields =
        "0001 8180 0001 0002 0000 0000 03'www' 07'example' 03'com' 00 0001 0001"
            + String.format("c00c 0010 0001 0000012c %04x", 2 * pointers)
            + text
            + String.format("%04x 0001 0001 0000012c 0004 c0000201", 0xc000 | target);
    byte[] wire = Hex.bytes(fields);
    assertTrue(message.wrap(wire, 0, wire.length));
    return message.addressCount();
  }

  private Set<String> canonicalWithAddress() {
    Set<String> found = new HashSet<>();
    for (int i = 0; i < message.addressCount(); i++) {
      found.add(
          message.canonicalName(i)
              + Long.toHexString(message.addressHigh(i))
              + Long.toHexString(message.addressLow(i)));
    }
    return found;
  }
}
