package imon.job.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A table of a job file. What is missing or wrong in it becomes a fault, and then a harmless value.
 */
final class Section {
  /** What a text has to look like, and what to say when it does not. */
  record Shape(String regex, String advice) {
    static final Shape ANY = new Shape("(?s).+", "give some text");
    static final Shape ARGUMENT = new Shape("(?s).*", "leave out what no argument can have");
    static final Shape DAYS = new Shape("[1-9][0-9]{0,4}[hdw]", "give a time like 36h, 14d or 8w");
    static final Shape TIME = new Shape("[1-9][0-9]{0,5}[smhd]", "give a time like 90s, 15m or 1h");
    static final Shape SIZE =
        new Shape("(?i)[1-9][0-9]{0,8}(\\.[0-9]+)? ?[kmgt]i?b", "give a size like 500MB or 2GiB");
    static final Shape BUDGET =
        new Shape(
            "(?i)[^=\\s]+ ?= ?[0-9]{1,9}(\\.[0-9]+)? ?[kmgt]i?b",
            "give a name and a size like example.com=500MB");
  }

  private final TomlTable table;
  private final String prefix;
  private final @Nullable TomlPosition place;
  private final Faults faults;

  /**
   * Complains about all keys that are none of these.
   *
   * @param name empty for what stands above all tables
   */
  Section(
      TomlTable table, String name, @Nullable TomlPosition place, Set<String> keys, Faults faults) {
    this.table = table;
    this.prefix = name.isEmpty() ? "" : "[" + name + "] ";
    this.place = place;
    this.faults = faults;
    for (String key : table.keySet()) {
      if (!keys.contains(key)) {
        Optional<String> meant = NearestWord.of(key, keys);
        fault(
            key,
            meant
                .map(word -> "no such key; did you mean " + word + "?")
                .orElseGet(() -> "no such key; there are " + sorted(keys)));
      }
    }
  }

  static String sorted(Set<String> words) {
    return String.join(", ", words.stream().sorted().toList());
  }

  /** Says what is wrong with a value. */
  void fault(String key, String what) {
    TomlPosition position = table.inputPositionOf(List.of(key));
    faults.add(position == null ? place : position, prefix + key + ": " + what);
  }

  boolean has(String key) {
    return table.contains(List.of(key));
  }

  /** A text of this shape; null when there is none, or a wrong one. */
  @Nullable String text(String key, Shape shape) {
    Object value = table.get(List.of(key));
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      fault(key, "write it in quotes: " + key + " = \"...\"");
      return null;
    }
    return fits(key, text, shape) ? text : null;
  }

  private boolean fits(String key, String text, Shape shape) {
    boolean fits = text.matches(shape.regex) && text.indexOf('\0') < 0;
    if (!fits) {
      fault(key, "'" + text + "': " + shape.advice);
    }
    return fits;
  }

  /** A text that must be there; an empty one stands for it when it is not. */
  String required(String key, Shape shape) {
    String text = text(key, shape);
    if (text == null && !has(key)) {
      fault(key, "is missing");
    }
    return text == null ? "" : text;
  }

  /** Texts of this shape, none when there are none. */
  List<String> texts(String key, Shape shape) {
    Object value = table.get(List.of(key));
    List<String> texts = new ArrayList<>();
    if (value instanceof TomlArray array) {
      for (Object element : array.toList()) {
        if (element instanceof String text && fits(key, text, shape)) {
          texts.add(text);
        } else if (!(element instanceof String)) {
          fault(key, "write each of them in quotes: " + key + " = [\"...\", \"...\"]");
        }
      }
    } else if (value != null) {
      fault(key, "write a list: " + key + " = [\"...\", \"...\"]");
    }
    return texts;
  }

  /** A whole number of 1 or more; 0 when there is none. */
  int count(String key) {
    Object value = table.get(List.of(key));
    if (value == null) {
      return 0;
    }
    if (value instanceof Long number && number >= 1 && number <= Integer.MAX_VALUE) {
      return number.intValue();
    }
    fault(key, "give a whole number of 1 or more, without quotes");
    return 0;
  }

  boolean flag(String key, boolean otherwise) {
    Object value = table.get(List.of(key));
    if (value == null || value instanceof Boolean) {
      return value == null ? otherwise : (Boolean) value;
    }
    fault(key, "give true or false, without quotes");
    return otherwise;
  }

  /** One of these words; null when there is none, or another one. */
  @Nullable String word(String key, Set<String> words) {
    String text = text(key, Shape.ANY);
    if (text == null || words.contains(text)) {
      return text;
    }
    fault(key, "'" + text + "': give one of " + sorted(words));
    return null;
  }
}
