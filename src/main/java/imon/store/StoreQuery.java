package imon.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The user's own SQL on a store. The database is opened read-only, without access to any other file
 * or to a network, and the statement cannot change that.
 */
public final class StoreQuery {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  private StoreQuery() {}

  /**
   * Whoever takes the answer, row by row. A value is null, a Number, a Boolean, or text; times are
   * ISO 8601 in UTC. The list of values is reused.
   */
  public interface Answer {
    void columns(List<String> names) throws IOException;

    void row(List<@Nullable Object> values) throws IOException;
  }

  /** Runs one statement on the store in this file. */
  public static void run(Path file, String sql, Answer answer) throws IOException {
    if (!Files.exists(file)) {
      throw new StoreException(
          file + ": there is no such store; imon analyze --db makes one", null);
    }
    Properties settings = new Properties();
    settings.setProperty("access_mode", "read_only");
    settings.setProperty("enable_external_access", "false");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("jdbc_stream_results", "true");
    try (Database database =
        StoreLock.ofReaders().await(file, () -> Database.open(file.toString(), settings))) {
      database.execute("SET TimeZone = 'UTC'");
      database.execute("SET lock_configuration = true");
      ask(database, sql, answer);
    }
  }

  private static @Nullable Object value(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    if (value instanceof Timestamp) {
      return TIME.format(row.getObject(column, LocalDateTime.class)) + "Z";
    }
    boolean plain = value == null || value instanceof Number || value instanceof Boolean;
    return plain ? value : value.toString();
  }

  private static ResultSet rows(Statement statement, String sql)
      throws SQLException, StoreException {
    if (!statement.execute(sql)) {
      throw new StoreException("query: the statement gives no rows; ask with SELECT", null);
    }
    return statement.getResultSet();
  }

  private static void ask(Database database, String sql, Answer answer) throws IOException {
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
          values.set(i, value(result, i + 1));
        }
        answer.row(values);
      }
    } catch (SQLException e) {
      throw new StoreException("query: " + Database.firstLine(e), e);
    }
  }
}
