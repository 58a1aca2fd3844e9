package imon.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.Allocation;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable texts = new TextTable();

  @Test
  void whatPeopleCallTheirDevicesIsKept() {
    assertEquals("Anna's iPhone", text("Anna's iPhone"));
    assertEquals("Anna\u2019s M\u00e4c \ud83d\udcbb", text("Anna\u2019s M\u00e4c \ud83d\udcbb"));
    assertEquals("pc", text("  pc \0\0"));
  }

  @Test
  void controlCharactersAndBrokenTextAreNoName() {
    assertNull(text("a\u001b[31mb"));
    assertNull(text("a\nb"));
    assertNull(text("a\u0085b"));
    assertNull(text("a\u2028b"));
    assertNull(texts.text(new byte[] {'a', (byte) 0xe4, 'b'}, 0, 3));
    assertNull(text(""));
    assertNull(text(" \0 "));
    assertNull(text("x".repeat(TextTable.MAX_BYTES + 1)));
    assertEquals(TextTable.MAX_BYTES, String.valueOf(text("x".repeat(255))).length());
  }

  @Test
  void invisibleCharactersAreTakenOut() {
    assertEquals("abcd", text("ab\u202ecd"));
    assertNull(text("\u200b\u200e"));
  }

  @Test
  void namesThatShareASlotAreToldApart() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      String name = "device-" + random.nextInt(5_000);
      assertEquals(name, text(name));
    }
  }

  @Test
  void aKnownNameIsGivenWithoutAllocating() {
    byte[] bytes = "Anna's iPhone".getBytes(StandardCharsets.UTF_8);
    long allocated = Allocation.of(50_000, () -> texts.text(bytes, 0, bytes.length));
    assertTrue(allocated < 10_000, () -> allocated + " bytes");
  }

  private String text(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return texts.text(bytes, 0, bytes.length);
  }
}
