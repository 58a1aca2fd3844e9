package imon.store.load;

import imon.flow.row.Rows;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers into a BIGINT vector of DuckDB, {@link Rows#NONE} as NULL. The driver's setters
 * take a lock for each value, which is a third of what loading costs; so the vector's own memory is
 * written, as long as the driver has the fields that lead there, and its setters are called
 * otherwise.
 */
final class VectorWords {
  /** Memory of the values, and the mask of those that are no NULL: a bit each, words of 64. */
  static final @Nullable Field DATA = field("data");

  static final @Nullable Field VALIDITY = field("validity");

  private VectorWords() {}

  private static @Nullable Field field(String name) {
    try {
      Field field = DuckDBWritableVector.class.getDeclaredField(name);
      field.setAccessible(true);
      return field.getType() == ByteBuffer.class ? field : null;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  /** Writes {@code values[from, from + size)} to the rows of a vector from the first on. */
  static void write(DuckDBWritableVector vector, long[] values, int from, int size) {
    if (DATA == null || VALIDITY == null) {
      set(vector, values, from, size);
      return;
    }
    ByteBuffer validity = memory(VALIDITY, vector);
    memory(DATA, vector).asLongBuffer().put(values, from, size);
    for (int row = 0; row < size; row += Long.SIZE) {
      int count = Math.min(Long.SIZE, size - row);
      validity.putLong(row / Byte.SIZE, valid(values, from + row, count));
    }
  }

  private static ByteBuffer memory(Field field, DuckDBWritableVector vector) {
    try {
      ByteBuffer memory = (ByteBuffer) Objects.requireNonNull(field.get(vector));
      return memory.duplicate().order(ByteOrder.nativeOrder());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("made accessible", e);
    }
  }

  private static long valid(long[] values, int from, int count) {
    long mask = 0;
    for (int i = 0; i < count; i++) {
      mask |= (values[from + i] == Rows.NONE ? 0L : 1L) << i;
    }
    return mask;
  }

  /** What {@link #write} does, with nothing but what the driver documents. */
  static void set(DuckDBWritableVector vector, long[] values, int from, int size) {
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
