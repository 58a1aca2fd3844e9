package imon.store.load;

import imon.flow.row.RowType;
import imon.flow.row.RowType.Column;
import imon.flow.row.Rows;
import imon.name.AddressNames;
import imon.name.ReverseAnswer;
import imon.store.Database;
import imon.store.Database.Writing;
import imon.store.StoreException;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunctionBuilder;

/**
 * Brings rows into the fact tables of a staging database: by INSERT ... SELECT from a table
 * function that reads them where they stand, which is several times as fast as an appender. Rows
 * wait until they are worth a statement, so that many small captures share one.
 */
public final class RowLoader {
  /** Rows of a type, or names and addresses, that are worth a statement. */
  private static final int ENOUGH = 1 << 14;

  private final Database database;
  private final Dictionary dictionary = new Dictionary();
  private final Map<RowType, RowBatch> waiting = new EnumMap<>(RowType.class);
  private long rows;

  /** One for a staging database. */
  public RowLoader(Database database) {
    this.database = database;
  }

  /** Takes rows of a capture, which may be reused after this; see {@link #flush}. */
  public void load(int capture, Rows rows) throws StoreException {
    RowBatch batch = batch(rows.type());
    batch.append(capture, rows);
    this.rows += rows.count();
    if (batch.count() >= ENOUGH) {
      insert(batch);
      if (dictionary.newEntries() >= ENOUGH) {
        loadDictionary();
      }
    }
  }

  /** How many rows it has taken. */
  public long rows() {
    return rows;
  }

  private RowBatch batch(RowType type) throws StoreException {
    RowBatch batch = waiting.get(type);
    if (batch == null) {
      batch = new RowBatch(type, dictionary);
      register(batch);
      waiting.put(type, batch);
    }
    return batch;
  }

  /** Brings in all rows taken so far, and the names and addresses they speak of. */
  public void flush() throws StoreException {
    for (RowBatch batch : waiting.values()) {
      if (batch.count() > 0) {
        insert(batch);
      }
    }
    loadDictionary();
  }

  private void insert(RowBatch batch) throws StoreException {
    batch.rewind();
    String columns =
        batch.type().columns().stream().map(Column::name).collect(Collectors.joining(", "));
    database.execute(
        "INSERT INTO fact.%s BY NAME SELECT capture, %s FROM %s()"
            .formatted(tableName(batch.type()), columns, functionName(batch.type())));
    batch.clear();
  }

  /** Loads the names that a capture gives to addresses. */
  public void load(int capture, AddressNames names) throws StoreException {
    load("nrb_name", row -> row.append(capture), names);
  }

  /** Loads names of addresses that hold for a source. */
  public void load(String source, AddressNames names) throws StoreException {
    load("hosts_name", row -> row.append(source), names);
  }

  private void load(String table, Writing owner, AddressNames names) throws StoreException {
    database.append(
        table,
        rows -> {
          for (AddressNames.Entry entry : names.entries()) {
            rows.beginRow();
            owner.write(rows);
            rows.append(dictionary.address(entry.high(), entry.low()))
                .append(dictionary.host(entry.name()))
                .append(entry.place())
                .endRow();
          }
        });
  }

  /** Loads what was looked up for a source at a time, nanoseconds since 1970 UTC. */
  public void load(String source, List<ReverseAnswer> answers, long time) throws StoreException {
    database.append(
        "reverse",
        rows -> {
          for (ReverseAnswer answer : answers) {
            String name = answer.name();
            rows.beginRow()
                .append(source)
                .append(dictionary.address(answer.address().high(), answer.address().low()))
                .append(name == null ? null : (Integer) dictionary.host(name))
                .append(time)
                .endRow();
          }
        });
  }

  private void loadDictionary() throws StoreException {
    database.append(
        "host",
        rows -> {
          for (Dictionary.Host host : dictionary.takeNewHosts()) {
            rows.beginRow().append(host.id()).append(host.name()).append(host.site()).endRow();
          }
        });
    database.append(
        "address6",
        rows -> {
          for (Dictionary.NewAddress6 address : dictionary.takeNewAddresses()) {
            rows.beginRow()
                .append(address.id())
                .append(address.high())
                .append(address.low())
                .append(address.ip())
                .endRow();
          }
        });
  }

  private static String tableName(RowType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static String functionName(RowType type) {
    return "rows_of_" + tableName(type);
  }

  private void register(RowBatch batch) throws StoreException {
    try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
      builder
          .withName(functionName(batch.type()))
          .withFunction(batch)
          .register(database.connection());
    } catch (SQLException e) {
      throw Database.failure(e);
    }
  }
}
