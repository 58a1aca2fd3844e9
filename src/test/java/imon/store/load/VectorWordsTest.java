package imon.store.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import imon.flow.row.Rows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and NULLs in a vector of DuckDB, by its memory and by its setters. */
class VectorWordsTest {
  private static final int SKIPPED = 3;

  /** Either way to write a vector. */
  private interface Way {
    void write(DuckDBWritableVector vector, long[] values, int from, int size);
  }

  /** Gives out all values but the first few, once. */
  private static final class Values implements DuckDBTableFunction<Object, Object, Object> {
    private final long[] values;
    private final Way way;
    private boolean given;

    Values(long[] values, Way way) {
      this.values = values;
      this.way = way;
    }

    @Override
    public Object bind(DuckDBTableFunctionBindInfo info) {
      info.addResultColumn("value", long.class);
      return this;
    }

    @Override
    public Object init(DuckDBTableFunctionInitInfo info) {
      info.setMaxThreads(1);
      return this;
    }

    @Override
    public synchronized long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter writer) {
      int size = given ? 0 : values.length - SKIPPED;
      way.write(writer.vector(0), values, SKIPPED, size);
      given = true;
      return size;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 127, 2047, 2048})
  void whatIsWrittenIsReadAgain(int size) throws SQLException {
    long[] values = values(size + SKIPPED);
    List<Long> expected =
        Arrays.stream(values, SKIPPED, values.length)
            .mapToObj(value -> value == Rows.NONE ? null : (Long) value)
            .toList();
    assertEquals(expected, read(values, VectorWords::write));
    assertEquals(expected, read(values, VectorWords::set));
  }

  @Test
  void theDriverStillHasTheMemoryThatIsWritten() {
    assertNotNull(VectorWords.DATA);
    assertNotNull(VectorWords.VALIDITY);
  }

  /** Some rows of 64 without NULL, some of nothing else, and the extremes. */
  private static long[] values(int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      boolean none = (i >>> 6) % 3 == 1 || (i % 5 == 0 && (i >>> 6) % 3 == 2);
      values[i] = none ? Rows.NONE : i * 0x9e37_79b9_7f4a_7c15L;
    }
    values[count - 1] = Long.MAX_VALUE;
    return values;
  }

  private static List<Long> read(long[] values, Way way) throws SQLException {
    List<Long> read = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
      builder.withName("given").withFunction(new Values(values, way)).register(connection);
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("FROM given()")) {
        while (rows.next()) {
          read.add((Long) rows.getObject(1));
        }
      }
    }
    return read;
  }
}
