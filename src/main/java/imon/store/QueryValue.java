package imon.store;

import imon.store.StoreQuery.Nested;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** What the driver gives for a value, as an answer has it. */
final class QueryValue {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  private QueryValue() {}

  static @Nullable Object of(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    if (value instanceof Timestamp) {
      return TIME.format(row.getObject(column, LocalDateTime.class)) + "Z";
    }
    Object plain = plain(value);
    return plain instanceof List || plain instanceof Map ? nested(row, column, plain) : plain;
  }

  /** The driver takes times within a value for times of this system's zone. */
  private static Object nested(ResultSet row, int column, Object plain) throws SQLException {
    String text = row.getString(column);
    boolean hasTimes = row.getMetaData().getColumnTypeName(column).contains("TIMESTAMP");
    return hasTimes ? text : new Nested(text, plain);
  }

  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    if (value instanceof Array array) {
      return list((Object[]) array.getArray());
    }
    if (value instanceof DuckDBStruct struct) {
      return map(struct.getMap());
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof Blob blob) {
      return text(blob);
    }
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    return value.toString();
  }

  private static List<@Nullable Object> list(@Nullable Object[] values) throws SQLException {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object value : values) {
      list.add(plain(value));
    }
    return list;
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> values) throws SQLException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      map.put(String.valueOf(plain(entry.getKey())), plain(entry.getValue()));
    }
    return map;
  }

  /** As DuckDB writes bytes: those that are no plain character as {@code \xFF}. */
  private static String text(Blob blob) throws SQLException {
    StringBuilder text = new StringBuilder();
    for (byte b : blob.getBytes(1, (int) blob.length())) {
      boolean plain = b >= ' ' && b <= '~' && "\\'\"".indexOf(b) < 0;
      text.append(plain ? String.valueOf((char) b) : "\\x%02X".formatted(b));
    }
    return text.toString();
  }
}
