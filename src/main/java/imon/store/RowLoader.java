package imon.store;

import imon.flow.row.RowType;
import imon.flow.row.RowType.Column;
import imon.flow.row.Rows;
import imon.name.AddressNames;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
 * Brings rows into the fact tables of a staging database: each batch is one INSERT ... SELECT from
 * a table function that reads it where it stands, which is several times as fast as an appender.
 */
final class RowLoader {
  /** DuckDB's vector size: rows that one call of a table function may give. */
  private static final int CHUNK = 2048;

  private static final int MOST_COLUMNS =
      Arrays.stream(RowType.values()).mapToInt(type -> type.columns().size()).max().orElse(0);

  private final Database database;
  private final Dictionary dictionary = new Dictionary();
  private final long[][] encoded = new long[MOST_COLUMNS][];
  private final AtomicInteger nextRow = new AtomicInteger();
  private volatile Rows loading = new Rows(RowType.QUERIER);

  RowLoader(Database database) throws StoreException {
    this.database = database;
    for (RowType type : RowType.values()) {
      register(type);
    }
  }

  /** Loads a batch as part of a capture. */
  void load(int capture, Rows rows) throws StoreException {
    encode(rows);
    nextRow.set(0);
    loading = rows;
    String columns =
        rows.type().columns().stream().map(Column::name).collect(Collectors.joining(", "));
    database.execute(
        "INSERT INTO fact.%s BY NAME SELECT %d AS capture, %s FROM %s()"
            .formatted(tableName(rows.type()), capture, columns, functionName(rows.type())));
  }

  /** Loads the names that a capture gives to addresses. */
  void load(int capture, AddressNames names) throws StoreException {
    load("nrb_name", row -> row.append(capture), names);
  }

  /** Loads names of addresses that hold for a source. */
  void load(String source, AddressNames names) throws StoreException {
    load("hosts_name", row -> row.append(source), names);
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
    loadDictionary();
  }

  private static String tableName(RowType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static String functionName(RowType type) {
    return "rows_of_" + tableName(type);
  }

  private void encode(Rows rows) {
    List<Column> columns = rows.type().columns();
    for (int i = 0; i < columns.size(); i++) {
      if (encoded[i] == null || encoded[i].length < rows.count()) {
        encoded[i] = new long[Integer.highestOneBit(rows.count()) * 2];
      }
      encode(rows, i, columns.get(i).kind(), encoded[i]);
    }
  }

  private void encode(Rows rows, int column, Column.Kind kind, long[] target) {
    for (int row = 0; row < rows.count(); row++) {
      target[row] =
          switch (kind) {
            case NUMBER -> rows.word(column, row);
            case ADDRESS -> address(rows.word(column, row), rows.lowWord(column, row));
            case NAME -> name(rows.text(column, row));
            case TEXT -> row;
          };
    }
  }

  private long address(long high, long low) {
    return high == Rows.NONE ? Rows.NONE : dictionary.address(high, low);
  }

  private long name(@Nullable String text) {
    return text == null ? Rows.NONE : dictionary.host(text);
  }

  /** Brings in the names and addresses that rows loaded so far speak of. */
  void loadDictionary() throws StoreException {
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

  private void register(RowType type) throws StoreException {
    try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
      builder
          .withName(functionName(type))
          .withFunction(new Batch(type.columns()))
          .register(database.connection());
    } catch (SQLException e) {
      throw Database.failure(e);
    }
  }

  /** Gives out the encoded batch chunk by chunk; DuckDB calls it on threads of its own. */
  private final class Batch implements DuckDBTableFunction<Object, Object, Object> {
    private final List<Column> columns;

    Batch(List<Column> columns) {
      this.columns = columns;
    }

    @Override
    public Object bind(DuckDBTableFunctionBindInfo info) {
      for (Column column : columns) {
        boolean text = column.kind() == Column.Kind.TEXT;
        info.addResultColumn(column.name(), text ? String.class : long.class);
      }
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
      int size = Math.max(0, Math.min(CHUNK, loading.count() - from));
      for (int column = 0; column < columns.size(); column++) {
        if (columns.get(column).kind() == Column.Kind.TEXT) {
          writeTexts(writer.vector(column), column, from, size);
        } else {
          write(writer.vector(column), encoded[column], from, size);
        }
      }
      return size;
    }

    private void writeTexts(DuckDBWritableVector vector, int column, int from, int size) {
      for (int i = 0; i < size; i++) {
        vector.setString(i, loading.text(column, from + i));
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
