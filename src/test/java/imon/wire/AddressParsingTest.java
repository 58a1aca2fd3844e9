package imon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressParsingTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0, ffff00000000",
    "192.0.2.1, 0, ffffc0000201",
    "255.255.255.255, 0, ffffffffffff",
    "::, 0, 0",
    "::1, 0, 1",
    "1::, 1000000000000, 0",
    "2001:DB8::8:800:200c:417A, 20010db800000000, 80800200c417a",
    "1:2:3:4:5:6:7:8, 1000200030004, 5000600070008",
    "1:2:3:4:5:6:7::, 1000200030004, 5000600070000",
    "::2:3:4:5:6:7:8, 200030004, 5000600070008",
    "64:ff9b::192.0.2.33, 64ff9b00000000, c0000221",
    "1:2:3:4:5:6:192.0.2.1, 1000200030004, 50006c0000201",
    "::ffff:192.0.2.1, 0, ffffc0000201"
  })
  void anAddressBecomesTwoWords(String text, String high, String low) {
    Addresses.Words expected =
        new Addresses.Words(Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16));
    assertEquals(expected, Addresses.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.",
        ".1.2.3",
        "1..2.3",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3.04",
        "1.2.3.4 ",
        "1.2.3.4/24",
        "0x1.2.3.4",
        "1.2.3.-4",
        "1.2.3.0004",
        ":",
        ":::",
        "1:",
        ":1",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "::1%eth0",
        "[::1]",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1.2.3",
        "::1.2.3.4:5",
        "1.2.3.4::",
        "1:2:3:4::5:6:7:8",
        "::1:",
        "\u0661.2.3.4"
      })
  void anythingElseIsNoAddress(String text) {
    assertNull(Addresses.parse(text));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Random random = new Random(1);
    for (int i = 0; i < 50_000; i++) {
      long high = random.nextBoolean() ? random.nextLong() : 0;
      long low = random.nextLong() & ~(0xffffL << (16 * random.nextInt(4)));
      assertEquals(new Addresses.Words(high, low), Addresses.parse(Addresses.text(high, low)));
    }
  }

  @Test
  void noTextMakesItThrow() {
    Random random = new Random(2);
    String letters = "0123456789abcdefg::::...% ";
    int parsed = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(16); n > 0; n--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      Addresses.Words words = Addresses.parse(text.toString());
      if (words != null) {
        parsed++;
        assertNotNull(Addresses.parse(Addresses.text(words.high(), words.low())));
      }
    }
    assertTrue(parsed > 100, "there are addresses among the texts");
  }
}
