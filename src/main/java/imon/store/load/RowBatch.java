package imon.store.load;

import imon.flow.row.RowType;
import imon.flow.row.RowType.Column;
import imon.flow.row.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one type that wait for a statement, encoded. It gives them out chunk by chunk; DuckDB
 * calls it on threads of its own.
 */
final class RowBatch implements DuckDBTableFunction<Object, Object, Object> {
  /** DuckDB's vector size: rows that one call of a table function may give. */
  private static final int CHUNK = 2048;

  private final RowType type;
  private final Dictionary dictionary;
  private final AtomicInteger nextRow = new AtomicInteger();
  private volatile int count;
  private final List<Column> columns;
  private long[] captures = {};
  private final long[][] encoded;
  private final @Nullable String[][] texts;

  RowBatch(RowType type, Dictionary dictionary) {
    this.type = type;
    this.dictionary = dictionary;
    columns = type.columns();
    encoded = new long[columns.size()][0];
    texts = new String[columns.size()][0];
  }

  RowType type() {
    return type;
  }

  /** How many rows wait. */
  int count() {
    return count;
  }

  /** Takes rows of a capture, which may be reused after this. */
  void append(int capture, Rows rows) {
    int end = count + rows.count();
    if (end > captures.length) {
      grow(Integer.highestOneBit(end) * 2);
    }
    Arrays.fill(captures, count, end, capture);
    for (int column = 0; column < columns.size(); column++) {
      append(rows, column, columns.get(column).kind());
    }
    count = end;
  }

  private void grow(int capacity) {
    captures = Arrays.copyOf(captures, capacity);
    for (int column = 0; column < columns.size(); column++) {
      if (columns.get(column).kind() == Column.Kind.TEXT) {
        texts[column] = Arrays.copyOf(texts[column], capacity);
      } else {
        encoded[column] = Arrays.copyOf(encoded[column], capacity);
      }
    }
  }

  private void append(Rows rows, int column, Column.Kind kind) {
    int from = count;
    for (int row = 0; row < rows.count(); row++) {
      switch (kind) {
        case NUMBER -> encoded[column][from + row] = rows.word(column, row);
        case ADDRESS ->
            encoded[column][from + row] =
                address(rows.word(column, row), rows.lowWord(column, row));
        case NAME -> encoded[column][from + row] = name(rows.text(column, row));
        case TEXT -> texts[column][from + row] = rows.text(column, row);
      }
    }
  }

  private long address(long high, long low) {
    return high == Rows.NONE ? Rows.NONE : dictionary.address(high, low);
  }

  private long name(@Nullable String text) {
    return text == null ? Rows.NONE : dictionary.host(text);
  }

  /** Begins to give out rows from the first one. */
  void rewind() {
    nextRow.set(0);
  }

  /** Lets go of all rows. */
  void clear() {
    for (String[] column : texts) {
      Arrays.fill(column, null);
    }
    count = 0;
  }

  @Override
  public Object bind(DuckDBTableFunctionBindInfo info) {
    for (Column column : columns) {
      boolean text = column.kind() == Column.Kind.TEXT;
      info.addResultColumn(column.name(), text ? String.class : long.class);
    }
    info.addResultColumn("capture", long.class);
    return columns;
  }

  @Override
  public Object init(DuckDBTableFunctionInitInfo info) {
    info.setMaxThreads(2);
    return columns;
  }

  @Override
  public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter writer) {
    int from = Math.min(nextRow.getAndAdd(CHUNK), count);
    int size = Math.min(CHUNK, count - from);
    for (int column = 0; column < columns.size(); column++) {
      if (columns.get(column).kind() == Column.Kind.TEXT) {
        writeTexts(writer.vector(column), texts[column], from, size);
      } else {
        VectorWords.write(writer.vector(column), encoded[column], from, size);
      }
    }
    VectorWords.write(writer.vector(columns.size()), captures, from, size);
    return size;
  }

  private static void writeTexts(
      DuckDBWritableVector vector, @Nullable String[] values, int from, int size) {
    for (int i = 0; i < size; i++) {
      vector.setString(i, values[from + i]);
    }
  }
}
