package imon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.report.text.MarkdownText;
import imon.report.text.Sizes;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileNamesTest {
  private static final String INVISIBLE =
      "a\u0000\u0007\b\u001b]0;x\u0007\u001b[2J\u009b31m\u007f\n\r\t\u2028\u2029\u0085"
          + "\u202e\u202d\u2066\u2069\u200b\u200e\ufeff\u00ad\ue000\ud800z";

  @ParameterizedTest
  @EnumSource
  void noControlOrFormatCharacterGetsThrough(Rendering rendering) throws IOException {
    String text =
        rendering.of(ExampleReport.hostile(INVISIBLE))
            + rendering.of(ExampleReport.hostileGroups(INVISIBLE));
    String lines = text.replace(rendering == Rendering.CSV ? "\r\n" : "\n", "");
    lines
        .codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              assertFalse(
                  type == Character.CONTROL
                      || type == Character.FORMAT
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR
                      || type == Character.SURROGATE
                      || type == Character.PRIVATE_USE,
                  () -> "U+" + Integer.toHexString(c));
            });
  }

  @ParameterizedTest
  @EnumSource
  void aNameAddsNoLine(Rendering rendering) throws IOException {
    long lines = rendering.of(ExampleReport.hostile("name")).lines().count();
    assertEquals(lines, rendering.of(ExampleReport.hostile("na\nme")).lines().count());
    assertEquals(lines, rendering.of(ExampleReport.hostile("na\u2028e\r")).lines().count());
  }

  @ParameterizedTest
  @EnumSource(names = {"CSV", "JSON", "MARKDOWN", "METRICS", "HTML"})
  void whateverTheNameThereAreAsManyLines(Rendering rendering) throws IOException {
    long lines = rendering.of(ExampleReport.hostileGroups("name")).lines().count();
    for (String name : HostileText.all()) {
      String text = rendering.of(ExampleReport.hostileGroups(name));
      assertEquals(lines, text.lines().count(), name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onclick='alert(1)",
        "</title></data></bdi><h1>x",
        "${7*7}<#assign x=1>",
        "--><svg onload=alert(1)>"
      })
  void htmlHasTheSameElementsWhateverTheNames(String name) throws IOException {
    String plain = Rendering.HTML.of(ExampleReport.hostileGroups("name"));
    String hostile = Rendering.HTML.of(ExampleReport.hostileGroups(name));
    assertEquals(tags(plain), tags(hostile));
    assertTrue(hostile.contains(escaped(name)), "the name itself must still be readable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a|b",
        "a`b",
        "a\\",
        "``` x",
        "a\\|b",
        "|`[x](http://x.example)<b>@all_me_#1*x*",
        "`|<script>alert(1)</script>"
      })
  void markdownWithABreakingCharacterBecomesReferences(String name) {
    String code = MarkdownText.code(name);
    assertTrue(code.matches("<code>([A-Za-z0-9 ]|&#[0-9]+;)*</code>"), code);
    assertEquals(name, decoded(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a_b*c", "<b>", "[x](http://x.example)", "@all", "#1", "www.x.example"})
  void otherMarkdownIsInertAsCode(String name) {
    assertEquals("`" + name + "`", MarkdownText.code(name));
  }

  @Test
  void everyMarkdownTableRowHasItsCells() throws IOException {
    Rendering.MARKDOWN
        .of(ExampleReport.hostile("a|b`c\\"))
        .lines()
        .filter(line -> line.startsWith("|"))
        .forEach(line -> assertEquals(8, line.chars().filter(c -> c == '|').count(), line));
  }

  @Test
  void anAsciiTerminalGetsAsciiOnly() throws IOException {
    String text =
        Rendering.TERMINAL_ASCII.of(ExampleReport.hostile("caf\u00e9-\u4f8b\u202e.example"));
    assertTrue(text.chars().allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7F)), text);
    assertTrue(text.contains("caf?-??.example"), text);
  }

  @Test
  void aColouredTerminalGetsOurColoursOnly() throws IOException {
    StringBuilder text = new StringBuilder();
    new TerminalTable(new TerminalTable.Options(80, false, true, Sizes.SI))
        .write(ExampleReport.hostile("x\u001b[31mred"), text);
    assertTrue(text.indexOf("\u001b") >= 0);
    String bare = text.toString().replaceAll("\u001b\\[(0|1|2|32|33|36)m", "");
    assertEquals(-1, bare.indexOf('\u001b'));
  }

  private static String tags(String html) {
    StringBuilder tags = new StringBuilder();
    Matcher matcher = Pattern.compile("<[^>]*>").matcher(html);
    while (matcher.find()) {
      tags.append(matcher.group()).append('\n');
    }
    return tags.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String decoded(String code) {
    String inner = code.substring("<code>".length(), code.length() - "</code>".length());
    return Pattern.compile("&#([0-9]+);")
        .matcher(inner)
        .replaceAll(
            reference ->
                Matcher.quoteReplacement(Character.toString(Integer.parseInt(reference.group(1)))));
  }
}
