package imon.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnicodeNameTest {
  @ParameterizedTest
  @CsvSource({
    "xn--bcher-kva.example, b\u00fccher.example",
    "www.xn--bcher-kva.example, www.b\u00fccher.example",
    "xn--80adxhks.xn--p1ai, \u043c\u043e\u0441\u043a\u0432\u0430.\u0440\u0444",
    "xn--bcher-kva.xn--p1ai, b\u00fccher.\u0440\u0444",
    "xn--r8jz45g.jp, \u4f8b\u3048.jp",
    "xn--tckwe.jp, \u30b3\u30e0.jp",
    "xn--zck5b0gb.jp, \u30b9\u30fc\u30d1\u30fc.jp",
    "xn--fiqs8s, \u4e2d\u56fd",
    "xn--3e0b707e.kr, \ud55c\uad6d.kr",
    "xn--4dbrk0ce.example, \u05d9\u05e9\u05e8\u05d0\u05dc.example",
  })
  void whatCanBeReadIsTold(String name, String form) {
    assertEquals(form, UnicodeName.of(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        // Cyrillic that looks like "apple", and a Cyrillic letter among Latin ones.
        "xn--80ak6aa92e.com",
        "xn--pple-43d.com",
        "xn--80adxhks.com",
        // Greek among Latin, Latin among Han.
        "xn--aa-d9b.example",
        "xn--a-oi0c.example",
        // A heart is of no script, a mark that joins what is before it of any.
        "xn--i-7iq.ws",
        "xn--n3h.example",
        // IDNA 2008 has a sharp s where 2003 has ss.
        "xn--strae-oqa.example",
        // No Punycode, ASCII only, in capitals: not the form of that name.
        "xn--\u00fc.example",
        "xn--a-.example",
        "xn--abc-.example",
        "xn--.example",
        "xn--BCHER-KVA.example",
        "xn--bcher-kva.xn--80ak6aa92e.com",
      })
  void allElseIsNot(String name) {
    assertEquals("", UnicodeName.of(name));
  }

  @ParameterizedTest
  @CsvSource({
    "xn--bcher-kva.example, `xn--bcher-kva.example` (b\u00fccher.example)",
    "xn--4dbrk0ce, `xn--4dbrk0ce`",
    "example.com, `example.com`",
  })
  void inALineNothingIsReordered(String name, String markdown) {
    assertEquals(markdown, MarkdownText.name(name));
  }
}
