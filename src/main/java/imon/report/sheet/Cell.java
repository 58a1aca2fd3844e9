package imon.report.sheet;

import imon.report.text.Figures;
import imon.report.text.Sizes;
import org.jspecify.annotations.Nullable;

/** What stands in one place of a table. */
public sealed interface Cell {
  /** Nothing is known. */
  Cell EMPTY = new Words("", "");

  /** For people. */
  String human(Sizes sizes);

  /** For machines: exact. */
  String machine();

  /** A name, which may be anything. */
  static Cell name(@Nullable String name, String without) {
    return name == null ? new Words("", without) : new Name(name);
  }

  /** Words of our own. */
  static Cell words(String machine, String human) {
    return new Words(machine, human);
  }

  static Cell bytes(long bytes) {
    return new Bytes(bytes, false);
  }

  /** With its sign. */
  static Cell change(long bytes) {
    return new Bytes(bytes, true);
  }

  static Cell count(long number) {
    return new Count(number);
  }

  /** A name out of captures. */
  record Name(String name) implements Cell {
    @Override
    public String human(Sizes sizes) {
      return name;
    }

    @Override
    public String machine() {
      return name;
    }
  }

  /** Words of ours, one for machines and one for people. */
  record Words(String machine, String human) implements Cell {
    @Override
    public String human(Sizes sizes) {
      return human;
    }
  }

  /** A number of bytes. */
  record Bytes(long bytes, boolean signed) implements Cell {
    @Override
    public String human(Sizes sizes) {
      return (signed && bytes > 0 ? "+" : "") + sizes.text(bytes);
    }

    @Override
    public String machine() {
      return Long.toString(bytes);
    }
  }

  /** A number of something else. */
  record Count(long number) implements Cell {
    @Override
    public String human(Sizes sizes) {
      return Figures.count(number);
    }

    @Override
    public String machine() {
      return Long.toString(number);
    }
  }
}
