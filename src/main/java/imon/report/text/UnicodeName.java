package imon.report.text;

import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The Unicode form of host names in ASCII (RFC 3490), where no reader can take it for another name.
 * It is told beside the name itself.
 */
public final class UnicodeName {
  private static final String ASCII_FORM = "xn--";

  /** Scripts of one way to write, of which any can stand in a label (UTS 39, section 5.1). */
  private static final List<Set<UnicodeScript>> WRITTEN_TOGETHER =
      List.of(
          EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
          EnumSet.of(UnicodeScript.HAN, UnicodeScript.HANGUL),
          EnumSet.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO));

  /** Whole words of their letters can look like Latin ones. */
  private static final Set<UnicodeScript> LIKE_LATIN =
      EnumSet.of(
          UnicodeScript.ARMENIAN,
          UnicodeScript.CANADIAN_ABORIGINAL,
          UnicodeScript.CHEROKEE,
          UnicodeScript.COPTIC,
          UnicodeScript.CYRILLIC,
          UnicodeScript.DESERET,
          UnicodeScript.GEORGIAN,
          UnicodeScript.GREEK,
          UnicodeScript.LISU);

  /** Of no script by its property, though only two have it. */
  private static final int LONG_VOWEL = 0x30FC;

  private UnicodeName() {}

  /**
   * The Unicode form of a host name; empty when it has none, when it is not the form of exactly
   * this name, or when a label is of several scripts or could be read as a Latin one. What looks
   * Latin is told below a top-level domain of its own script.
   */
  public static String of(String name) {
    if (!name.contains(ASCII_FORM)) {
      return "";
    }
    String form = IDN.toUnicode(name);
    return isFormOf(name, form) && isPlain(form) ? form : "";
  }

  /** The same for a line of text; names that are written from right to left would reorder it. */
  static String inLine(String name) {
    String form = of(name);
    return form.codePoints().anyMatch(UnicodeName::isRightToLeft) ? "" : form;
  }

  private static boolean isFormOf(String name, String form) {
    try {
      return !form.contains(ASCII_FORM) && IDN.toASCII(form).equals(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isPlain(String form) {
    String[] labels = form.split("\\.", -1);
    Set<UnicodeScript> top = scripts(labels[labels.length - 1]);
    for (String label : labels) {
      Set<UnicodeScript> scripts = scripts(label);
      boolean likeLatin = scripts.stream().anyMatch(LIKE_LATIN::contains);
      if (!isOne(scripts) || (likeLatin && !scripts.equals(top))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOne(Set<UnicodeScript> scripts) {
    return scripts.isEmpty()
        || (scripts.size() == 1 && !scripts.contains(UnicodeScript.COMMON))
        || WRITTEN_TOGETHER.stream().anyMatch(together -> together.containsAll(scripts));
  }

  /** Without digits and hyphens, which all have; marks and signs of no script count as common. */
  private static Set<UnicodeScript> scripts(String label) {
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    label
        .codePoints()
        .filter(c -> c >= 0x80 || Character.isLetter(c))
        .forEach(c -> scripts.add(script(c)));
    return scripts;
  }

  private static UnicodeScript script(int codePoint) {
    if (codePoint == LONG_VOWEL) {
      return UnicodeScript.KATAKANA;
    }
    UnicodeScript script = UnicodeScript.of(codePoint);
    return script == UnicodeScript.INHERITED ? UnicodeScript.COMMON : script;
  }

  private static boolean isRightToLeft(int codePoint) {
    return switch (Character.getDirectionality(codePoint)) {
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
          true;
      default -> false;
    };
  }
}
