package imon.store;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a DuckDB database; every failure becomes a {@link StoreException}. Only this
 * package and {@code imon.store.ask} ask it.
 */
public final class Database implements AutoCloseable {
  /**
   * To keep the rows of so many flows once takes less time than to plan what finds them again for
   * each that reads them; see {@link #keepRows}. ManyFlowsTest has more.
   */
  public static final int FEW_FLOWS = 50_000;

  private static final String NO_FLIGHT_RECORDER = "jfr.unsupported.vm";

  static {
    // The driver would tell Flight Recorder of its memory, and to set that up takes 0.1 s where
    // classes are in no archive. A recording that has begun with the program goes on.
    if (System.getProperty(NO_FLIGHT_RECORDER) == null) {
      System.setProperty(NO_FLIGHT_RECORDER, "true");
    }
  }

  private final Connection connection;
  private boolean onAllCores;

  private Database(Connection connection) {
    this.connection = connection;
  }

  /** Makes something of the current row of a result. */
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Writes rows, or columns of one: each row between {@code beginRow} and {@code endRow}, its
   * columns in their order.
   */
  public interface Writing {
    void write(DuckDBAppender rows) throws SQLException;
  }

  /**
   * Loads the driver and its library ahead of who opens a database, in a program that has just
   * begun; whether they are there. Who opens one will be told why not.
   */
  public static boolean loadDriver() {
    try {
      Class.forName("org.duckdb.DuckDBDriver");
      Class.forName("org.duckdb.DuckDBNative");
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** Opens a database; an empty path is a private one in memory. */
  static Database open(String path, Properties settings) throws StoreException {
    try {
      // Not by DriverManager, which looks for other drivers in every archive of the class path.
      return new Database(new DuckDBDriver().connect("jdbc:duckdb:" + path, settings));
    } catch (SQLException e) {
      throw failure(e);
    } catch (LinkageError e) {
      String why = Throwables.getRootCause(e).getMessage();
      throw new StoreException(
          "DuckDB's library cannot be loaded: " + why + "; install imon for this system", e);
    }
  }

  /** Lets statements run on all cores from now on; {@link Staging#settings} have them on one. */
  void useAllCores() throws StoreException {
    if (!onAllCores) {
      execute("RESET threads");
      onAllCores = true;
    }
  }

  /** Lets statements run on one core, beside threads that decode. */
  void useOneCore() throws StoreException {
    // Even to set what is set takes milliseconds.
    if (onAllCores) {
      execute("SET threads = 1");
      onAllCores = false;
    }
  }

  /** Whether statements run on all cores, as they are worth it. */
  boolean isOnAllCores() {
    return onAllCores;
  }

  /** For what goes in or out in bulk. */
  public Connection connection() {
    return connection;
  }

  /**
   * Runs one or several statements; {@code ?} stand for the parameters, in one statement only.
   *
   * <p>Here and in {@link #query} a statement is prepared only for its parameters: the driver plans
   * what is prepared twice, then and when it runs.
   */
  public void execute(String sql, @Nullable Object... parameters) throws StoreException {
    if (parameters.length == 0) {
      run(sql);
      return;
    }
    try (PreparedStatement statement = prepare(sql, parameters)) {
      statement.execute();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private void run(String sql) throws StoreException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Makes a temporary view of the rows that a query finds now, which may ask the view of before.
   * What is read several times is looked up and planned once; the rows are in {@code some_VIEW}.
   */
  public void keepRows(String view, String query) throws StoreException {
    run(
        """
        CREATE OR REPLACE TEMP TABLE some_%1$s AS %2$s;
        CREATE OR REPLACE TEMP VIEW %1$s AS FROM some_%1$s
        """
            .formatted(view, query));
  }

  public <T> List<T> query(Row<T> row, String sql, Object... parameters) throws StoreException {
    try {
      if (parameters.length == 0) {
        try (Statement statement = connection.createStatement();
            ResultSet result = statement.executeQuery(sql)) {
          return rows(row, result);
        }
      }
      try (PreparedStatement statement = prepare(sql, parameters);
          ResultSet result = statement.executeQuery()) {
        return rows(row, result);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static <T> List<T> rows(Row<T> row, ResultSet result) throws SQLException {
    List<T> rows = new ArrayList<>();
    while (result.next()) {
      rows.add(row.read(result));
    }
    return rows;
  }

  /** The number in the first row and column. */
  public long number(String sql, Object... parameters) throws StoreException {
    return query(row -> row.getLong(1), sql, parameters).get(0);
  }

  /**
   * Whether there is such a table in the database that is current. It is tried, as the list of all
   * tables takes 3 to 7 ms.
   */
  boolean has(String table) throws StoreException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("FROM " + table + " LIMIT 0");
      return true;
    } catch (SQLException e) {
      if (firstLine(e).startsWith("Catalog Error")) {
        return false;
      }
      throw failure(e);
    }
  }

  private PreparedStatement prepare(String sql, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /** Runs the statements of a resource of this package. */
  public void script(String name) throws StoreException {
    run(resource(name));
  }

  /**
   * Adds rows to a table of facts in the database that is current: the quickest way for few. The
   * types of values are to be those of columns; an unsigned byte is written as a {@code byte}.
   */
  public void append(String table, Writing writing) throws StoreException {
    append(() -> duckdb().createAppender("fact", table), writing);
  }

  /** The same of a temporary table. */
  void appendAside(String table, Writing writing) throws StoreException {
    append(() -> duckdb().createAppender("temp", "main", table), writing);
  }

  private DuckDBConnection duckdb() {
    return (DuckDBConnection) connection;
  }

  /** Opens what writes rows. */
  private interface Opening {
    DuckDBAppender open() throws SQLException;
  }

  private static void append(Opening opening, Writing writing) throws StoreException {
    try (DuckDBAppender rows = opening.open()) {
      writing.write(rows);
      // To close it would do the same and hide what fails.
      rows.flush();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static String resource(String name) throws StoreException {
    try (InputStream stream = Database.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new StoreException("the program lacks its part " + name + "; install it anew", null);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StoreException("cannot read " + name, e);
    }
  }

  /** Runs {@code work} in a transaction: all of it happens, or nothing. */
  void transaction(Work work) throws StoreException {
    execute("BEGIN TRANSACTION");
    boolean done = false;
    try {
      work.run();
      execute("COMMIT");
      done = true;
    } finally {
      if (!done) {
        rollback();
      }
    }
  }

  /** What is done in a transaction. */
  interface Work {
    void run() throws StoreException;
  }

  /** The failure that made it necessary is on its way up; a second one would hide it. */
  private void rollback() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // DuckDB has rolled back by itself.
    }
  }

  /** What a failure of the database is to those who ask. */
  public static StoreException failure(SQLException e) {
    return new StoreException("database: " + firstLine(e), e);
  }

  static String firstLine(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message);
  }

  @Override
  public void close() throws StoreException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
