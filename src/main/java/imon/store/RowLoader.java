package imon.store;

import imon.flow.row.RowType;
import imon.flow.row.RowType.Column;
import imon.flow.row.Rows;
import imon.name.AddressNames;
import imon.name.ReverseAnswer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * Brings rows into the fact tables of a staging database: by INSERT ... SELECT from a table
 * function that reads them where they stand, which is several times as fast as an appender. Rows
 * wait until they are worth a statement, so that many small captures share one.
 */
final class RowLoader {
  /** DuckDB's vector size: rows that one call of a table function may give. */
  private static final int CHUNK = 2048;

  /** Rows of a type that are worth a statement. */
  private static final int ENOUGH = 1 << 14;

  private final Database database;
  private final Dictionary dictionary = new Dictionary();
  private final Map<RowType, Batch> waiting = new EnumMap<>(RowType.class);

  RowLoader(Database database) {
    this.database = database;
  }

  /** Takes rows of a capture, which may be reused after this; see {@link #flush}. */
  void load(int capture, Rows rows) throws StoreException {
    Batch batch = batch(rows.type());
    batch.append(capture, rows);
    if (batch.count >= ENOUGH) {
      insert(batch);
    }
  }

  private Batch batch(RowType type) throws StoreException {
    Batch batch = waiting.get(type);
    if (batch == null) {
      batch = new Batch(type);
      register(batch);
      waiting.put(type, batch);
    }
    return batch;
  }

  /** Brings in all rows taken so far, and the names and addresses they speak of. */
  void flush() throws StoreException {
    for (Batch batch : waiting.values()) {
      if (batch.count > 0) {
        insert(batch);
      }
    }
    loadDictionary();
  }

  private void insert(Batch batch) throws StoreException {
    batch.nextRow.set(0);
    String columns =
        batch.type.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    database.execute(
        "INSERT INTO fact.%s BY NAME SELECT capture, %s FROM %s()"
            .formatted(tableName(batch.type), columns, functionName(batch.type)));
    batch.clear();
  }

  /** Loads the names that a capture gives to addresses. */
  void load(int capture, AddressNames names) throws StoreException {
    load("nrb_name", row -> row.append(capture), names);
  }

  /** Loads names of addresses that hold for a source. */
  void load(String source, AddressNames names) throws StoreException {
    load("hosts_name", row -> row.append(source), names);
  }

  /** Loads what was looked up for a source at a time, nanoseconds since 1970 UTC. */
  void load(String source, List<ReverseAnswer> answers, long time) throws StoreException {
    DuckDBConnection connection = (DuckDBConnection) database.connection();
    try (DuckDBAppender rows = connection.createAppender("fact", "reverse")) {
      for (ReverseAnswer answer : answers) {
        String name = answer.name();
        rows.beginRow()
            .append(source)
            .append(dictionary.address(answer.address().high(), answer.address().low()))
            .append(name == null ? null : (Integer) dictionary.host(name))
            .append(time)
            .endRow();
      }
      rows.flush();
    } catch (SQLException e) {
      throw Database.failure(e);
    }
  }

  /** Begins a row of names. */
  private interface Owner {
    void append(DuckDBAppender row) throws SQLException;
  }

  private void load(String table, Owner owner, AddressNames names) throws StoreException {
    if (names.size() == 0) {
      return;
    }
    DuckDBConnection connection = (DuckDBConnection) database.connection();
    try (DuckDBAppender rows = connection.createAppender("fact", table)) {
      for (AddressNames.Entry entry : names.entries()) {
        rows.beginRow();
        owner.append(rows);
        rows.append(dictionary.address(entry.high(), entry.low()))
            .append(dictionary.host(entry.name()))
            .append(entry.place())
            .endRow();
      }
      rows.flush();
    } catch (SQLException e) {
      throw Database.failure(e);
    }
  }

  private static String tableName(RowType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static String functionName(RowType type) {
    return "rows_of_" + tableName(type);
  }

  private long address(long high, long low) {
    return high == Rows.NONE ? Rows.NONE : dictionary.address(high, low);
  }

  private long name(@Nullable String text) {
    return text == null ? Rows.NONE : dictionary.host(text);
  }

  private void loadDictionary() throws StoreException {
    DuckDBConnection connection = (DuckDBConnection) database.connection();
    try (DuckDBAppender hosts = connection.createAppender("fact", "host")) {
      for (Dictionary.Host host : dictionary.takeNewHosts()) {
        hosts.beginRow().append(host.id()).append(host.name()).append(host.site()).endRow();
      }
      hosts.flush();
    } catch (SQLException e) {
      throw Database.failure(e);
    }
    try (DuckDBAppender addresses = connection.createAppender("fact", "address6")) {
      for (Dictionary.NewAddress6 address : dictionary.takeNewAddresses()) {
        addresses
            .beginRow()
            .append(address.id())
            .append(address.high())
            .append(address.low())
            .append(address.ip())
            .endRow();
      }
      addresses.flush();
    } catch (SQLException e) {
      throw Database.failure(e);
    }
  }

  private void register(Batch batch) throws StoreException {
    try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
      builder
          .withName(functionName(batch.type))
          .withFunction(batch)
          .register(database.connection());
    } catch (SQLException e) {
      throw Database.failure(e);
    }
  }

  /**
   * Rows of one type that wait, encoded. It gives them out chunk by chunk; DuckDB calls it on
   * threads of its own.
   */
  private final class Batch implements DuckDBTableFunction<Object, Object, Object> {
    final RowType type;
    final AtomicInteger nextRow = new AtomicInteger();
    volatile int count;
    private final List<Column> columns;
    private long[] captures = {};
    private final long[][] encoded;
    private final @Nullable String[][] texts;

    Batch(RowType type) {
      this.type = type;
      columns = type.columns();
      encoded = new long[columns.size()][0];
      texts = new String[columns.size()][0];
    }

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
      int from = nextRow.getAndAdd(CHUNK);
      int size = Math.max(0, Math.min(CHUNK, count - from));
      for (int column = 0; column < columns.size(); column++) {
        if (columns.get(column).kind() == Column.Kind.TEXT) {
          writeTexts(writer.vector(column), texts[column], from, size);
        } else {
          write(writer.vector(column), encoded[column], from, size);
        }
      }
      write(writer.vector(columns.size()), captures, from, size);
      return size;
    }

    private static void writeTexts(
        DuckDBWritableVector vector, @Nullable String[] values, int from, int size) {
      for (int i = 0; i < size; i++) {
        vector.setString(i, values[from + i]);
      }
    }

    private static void write(DuckDBWritableVector vector, long[] values, int from, int size) {
      for (int i = 0; i < size; i++) {
        long value = values[from + i];
        if (value == Rows.NONE) {
          vector.setNull(i);
        } else {
          vector.setLong(i, value);
        }
      }
    }
  }
}
