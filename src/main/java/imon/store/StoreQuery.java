package imon.store;

import imon.store.disk.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The user's own SQL on a store. The database is opened read-only, without access to any other file
 * or to a network, and the statement cannot change that.
 */
public final class StoreQuery implements AutoCloseable {
  /** What can have a semicolon in it that ends no statement: text, a quoted name, a comment. */
  private static final Pattern OPAQUE =
      Pattern.compile(
          "(?<!\\w)[eE]'(?:[^'\\\\]++|\\\\.|'')*+'|'[^']*+'|\"[^\"]*+\"|(?<!\\w)(\\$\\w*\\$).*?\\1"
              + "|--[^\\r\\n]*+|/\\*.*?\\*/",
          Pattern.DOTALL);

  /** What the driver says of any failure in a result that it streams. */
  private static final String UNSAID = "Invalid result set";

  private final Database database;

  private StoreQuery(Database database) {
    this.database = database;
  }

  /**
   * Whoever takes the answer, row by row. A value is null, a Number, a Boolean, text, or {@link
   * Nested}; times are ISO 8601 in UTC. The list of values is reused.
   */
  public interface Answer {
    void columns(List<String> names) throws IOException;

    void row(List<@Nullable Object> values) throws IOException;
  }

  /**
   * A list, struct or map.
   *
   * @param text as DuckDB writes it
   * @param parts a List, or a Map by names, of null, Numbers, Booleans, text, Lists and Maps
   */
  public record Nested(String text, Object parts) {
    @Override
    public String toString() {
      return text;
    }
  }

  /** Runs one statement on the store in this file; for {@code says} see {@link #open}. */
  public static void run(Path file, String sql, Answer answer, Consumer<String> says)
      throws IOException {
    try (StoreQuery query = open(file, null, says)) {
      query.ask(sql, answer);
    }
  }

  /**
   * Opens the store in this file; an older one becomes one of this version first, and what an
   * earlier run left without names gets them.
   *
   * @param writable where {@link #writeParquet} may write: this file, or files in this folder. No
   *     statement of the user's can write there: DuckDB takes only a SELECT for it.
   * @param says hears why flows are without the names that they wait for
   */
  public static StoreQuery open(Path file, @Nullable Path writable, Consumer<String> says)
      throws StoreException {
    Database database = connect(file);
    try {
      int version = Schema.version(database);
      if (Schema.isOlder(version)) {
        database.close();
        Replacement.migrate(file);
        database = connect(file);
      }
      StoreFault.checkVersion(file, database);
      if (Correlation.isNeeded(database)) {
        database.close();
        nameLeft(file, says);
        database = connect(file);
      }
      ScratchFolder.removeLeft(file.toAbsolutePath().resolveSibling(""));
      lock(database, writable);
      return new StoreQuery(database);
    } catch (StoreException e) {
      database.close();
      throw e;
    }
  }

  /** An answer is of use without them, too: the disk may be full, or the store not the user's. */
  private static void nameLeft(Path file, Consumer<String> says) {
    try {
      new StoreFile(file).correlate();
    } catch (StoreException e) {
      says.accept(e.getMessage() + "; flows that wait for their names are told without");
    }
  }

  private static Database connect(Path file) throws StoreException {
    if (!Files.exists(file)) {
      throw new StoreException(
          file + ": there is no such store; imon analyze --db makes one", null);
    }
    Properties settings = new Properties();
    settings.setProperty("access_mode", "read_only");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("jdbc_stream_results", "true");
    return StoreLock.ofReaders().await(file, () -> Database.open(file.toString(), settings));
  }

  private static void lock(Database database, @Nullable Path writable) throws StoreException {
    database.execute("SET TimeZone = 'UTC'");
    if (writable != null) {
      String setting = Files.isDirectory(writable) ? "allowed_directories" : "allowed_paths";
      database.execute("SET %s = [%s]".formatted(setting, quoted(absolute(writable))));
    }
    database.execute("SET enable_external_access = false");
    database.execute("SET lock_configuration = true");
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * Writes what a SELECT gives to a Parquet file, with DuckDB's types, integers of 128 bits as
   * BIGINT; any other statement is refused. The file is one that {@link #open} named.
   *
   * @throws StoreException when the statement fails
   * @throws IOException when the disk is full
   */
  public void writeParquet(String select, Path file) throws IOException {
    String rows = "query(" + quoted(select) + ")";
    try (Statement statement = database.connection().createStatement()) {
      statement.execute(
          "COPY (SELECT %s FROM %s) TO %s (FORMAT parquet, USE_TMP_FILE false)"
              .formatted(columns(rows), rows, quoted(absolute(file))));
    } catch (SQLException e) {
      if (StoreFault.isFull(e)) {
        throw new IOException("No space left on device", e);
      }
      throw new StoreException("query: " + Database.firstLine(e), e);
    }
  }

  /** Sums of integers have 128 bits, for which Parquet has no type: DuckDB would round them. */
  private String columns(String rows) throws SQLException {
    StringJoiner wide = new StringJoiner(", ", "* REPLACE (", ")").setEmptyValue("*");
    try (Statement statement = database.connection().createStatement();
        ResultSet none = statement.executeQuery("FROM " + rows + " LIMIT 0")) {
      ResultSetMetaData meta = none.getMetaData();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        if (meta.getColumnTypeName(i).endsWith("HUGEINT")) {
          String name = '"' + meta.getColumnLabel(i).replace("\"", "\"\"") + '"';
          wide.add(name + "::BIGINT AS " + name);
        }
      }
    }
    return wide.toString();
  }

  private static ResultSet rows(Statement statement, String sql)
      throws SQLException, StoreException {
    if (OPAQUE.matcher(sql).replaceAll(" ").replaceAll("^[;\\s]+|[;\\s]+$", "").contains(";")) {
      throw new StoreException("query: one statement at a time; ask them one by one", null);
    }
    if (!statement.execute(sql)) {
      throw new StoreException("query: the statement gives no rows; ask with SELECT", null);
    }
    return statement.getResultSet();
  }

  /** Runs one statement. */
  public void ask(String sql, Answer answer) throws IOException {
    try (Statement statement = database.connection().createStatement();
        ResultSet result = rows(statement, sql)) {
      ResultSetMetaData meta = result.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        names.add(meta.getColumnLabel(i));
      }
      answer.columns(names);
      List<@Nullable Object> values = new ArrayList<>(Collections.nCopies(names.size(), null));
      while (result.next()) {
        for (int i = 0; i < values.size(); i++) {
          values.set(i, QueryValue.of(result, i + 1));
        }
        answer.row(values);
      }
    } catch (SQLException e) {
      throw new StoreException("query: " + reason(sql, e), e);
    }
  }

  /**
   * Why a statement failed. Of one that fails while its rows are taken the driver does not say it;
   * the same within a statement that is at its end before it answers does, and keeps no row.
   */
  private String reason(String sql, SQLException failure) {
    String said = Database.firstLine(failure);
    if (!said.endsWith(UNSAID)) {
      return said;
    }
    try (Statement again = database.connection().createStatement()) {
      again.execute(
          "SET VARIABLE ignored = (SELECT max(hash(r)) FROM query(%s) r)".formatted(quoted(sql)));
      return said;
    } catch (SQLException e) {
      return Database.firstLine(e);
    }
  }

  @Override
  public void close() throws StoreException {
    database.close();
  }
}
