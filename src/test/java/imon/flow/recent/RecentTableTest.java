package imon.flow.recent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentTableTest {
  private static final long KEY = 0x1234_5678_9abc_def0L;

  private final RecentTable table = new RecentTable(2);

  private record Entry(long packet, long word) {}

  private void put(long signature, long packet, long word) {
    int at = table.put(signature, packet);
    table.words()[at] = word;
    table.words()[at + 1] = -word;
  }

  @Test
  void anEntryIsRememberedForExactlyTheDistance() {
    put(KEY, 7, 42);
    int at = table.find(KEY, 7 + RecentTable.DISTANCE);
    assertTrue(at >= 0);
    assertEquals(42, table.words()[at]);
    assertEquals(-1, table.find(KEY, 7 + RecentTable.DISTANCE + 1));
  }

  @Test
  void whatWasNeverPutIsNotFound() {
    assertEquals(-1, table.find(KEY, 1));
    put(KEY + 64, 1, 1);
    assertEquals(-1, table.find(KEY, 1));
  }

  @Test
  void theSignatureMayBeZero() {
    put(0, 1, 5);
    assertEquals(5, table.words()[table.find(0, 2)]);
  }

  @Test
  void anEntryPutAgainHasItsNewWordsAndLivesLonger() {
    put(KEY, 1, 1);
    put(KEY, RecentTable.DISTANCE, 2);
    int at = table.find(KEY, 2 * RecentTable.DISTANCE);
    assertNotEquals(-1, at);
    assertEquals(2, table.words()[at]);
  }

  @Test
  void anEntryOfTheGenerationBeforeIsFoundWithItsWords() {
    put(KEY, RecentTable.DISTANCE - 1, 9);
    put(KEY + 1, RecentTable.DISTANCE + 1, 8);
    int at = table.find(KEY, 2 * RecentTable.DISTANCE - 1);
    assertNotEquals(-1, at);
    assertEquals(9, table.words()[at]);
    assertEquals(-9, table.words()[at + 1]);
  }

  @Test
  void signaturesThatShareTheirLowBitsAreKeptApart() {
    for (long i = 1; i <= 1000; i++) {
      put(i << 40, i, i);
    }
    for (long i = 1; i <= 1000; i++) {
      assertEquals(i, table.words()[table.find(i << 40, 1000)]);
    }
  }

  @ParameterizedTest
  @CsvSource({"30, 50000", "3000, 2000", "20000, 100"})
  void anyUseIsWhatTheModelSays(int signatures, int longestStep) {
    Map<Long, Entry> model = new HashMap<>();
    Random random = new Random(signatures);
    long packet = 1;
    for (int i = 0; i < 100_000; i++) {
      packet += random.nextInt(longestStep);
      long signature = random.nextInt(signatures) * 0x9e37_79b9_7f4a_7c15L;
      if (random.nextBoolean()) {
        put(signature, packet, i);
        model.put(signature, new Entry(packet, i));
      } else {
        assertFound(model.get(signature), signature, packet);
      }
    }
  }

  private void assertFound(Entry expected, long signature, long packet) {
    int at = table.find(signature, packet);
    if (expected == null || packet - expected.packet > RecentTable.DISTANCE) {
      assertEquals(-1, at);
    } else {
      assertEquals(expected.word, table.words()[at]);
      assertEquals(-expected.word, table.words()[at + 1]);
    }
  }
}
