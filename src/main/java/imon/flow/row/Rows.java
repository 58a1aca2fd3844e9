package imon.flow.row;

import imon.flow.row.RowType.Column;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one {@link RowType}, column by column in primitive arrays. A row is written value by
 * value in the order of the type's columns, between {@link #begin} and {@link #end}. Reused:
 * whoever reads the rows calls {@link #clear} before they are written again.
 */
public final class Rows {
  /** Rows handed on together, at most. */
  static final int CAPACITY = 1 << 15;

  /** Stands for SQL's NULL in a column of numbers. */
  public static final long NONE = Long.MIN_VALUE;

  private static final int FIRST_CAPACITY = 256;

  private final RowType type;
  private final long[][] words;
  private final long[][] lowWords;
  private final @Nullable String[][] texts;
  private int capacity = FIRST_CAPACITY;
  private int count;
  private int column;

  public Rows(RowType type) {
    this.type = type;
    List<Column> columns = type.columns();
    words = new long[columns.size()][];
    lowWords = new long[columns.size()][];
    texts = new String[columns.size()][];
    for (int i = 0; i < words.length; i++) {
      switch (columns.get(i).kind()) {
        case NUMBER -> words[i] = new long[capacity];
        case ADDRESS -> {
          words[i] = new long[capacity];
          lowWords[i] = new long[capacity];
        }
        case NAME, TEXT -> texts[i] = new String[capacity];
      }
    }
  }

  public RowType type() {
    return type;
  }

  public int count() {
    return count;
  }

  /** Number, or high word of the address, in this row and column; {@link #NONE} for none. */
  public long word(int columnIndex, int row) {
    return words[columnIndex][row];
  }

  /** Low word of the address in this row and column. */
  public long lowWord(int columnIndex, int row) {
    return lowWords[columnIndex][row];
  }

  /** Name in this row and column, or null for none. */
  public @Nullable String text(int columnIndex, int row) {
    return texts[columnIndex][row];
  }

  public void clear() {
    for (String[] column : texts) {
      if (column != null) {
        Arrays.fill(column, 0, count, null);
      }
    }
    count = 0;
  }

  boolean isFull() {
    return count == CAPACITY;
  }

  /** Begins a row; all its values must follow. */
  Rows begin() {
    if (count == capacity) {
      grow();
    }
    column = 0;
    return this;
  }

  public Rows number(long value) {
    words[column++][count] = value;
    return this;
  }

  /** A number that is 0 or 1. */
  public Rows flag(boolean value) {
    return number(value ? 1 : 0);
  }

  /** No address. */
  public Rows noAddress() {
    return number(NONE);
  }

  /** See {@link imon.wire.Addresses} for the words. */
  public Rows address(long high, long low) {
    lowWords[column][count] = low;
    return number(high);
  }

  /** A name or a text. */
  public Rows name(@Nullable String value) {
    texts[column++][count] = value;
    return this;
  }

  public void end() {
    if (column != words.length) {
      throw new IllegalStateException(type + " has " + words.length + " columns, not " + column);
    }
    count++;
  }

  private void grow() {
    capacity *= 4;
    for (int i = 0; i < words.length; i++) {
      if (words[i] != null) {
        words[i] = Arrays.copyOf(words[i], capacity);
      }
      if (lowWords[i] != null) {
        lowWords[i] = Arrays.copyOf(lowWords[i], capacity);
      }
      if (texts[i] != null) {
        texts[i] = Arrays.copyOf(texts[i], capacity);
      }
    }
  }
}
