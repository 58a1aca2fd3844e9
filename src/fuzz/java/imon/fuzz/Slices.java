package imon.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Shows that a reader's answer comes from {@code buffer[offset, limit)} and nowhere else. */
public final class Slices {
  private Slices() {}

  /** Reads a slice, and says in words all that it found; words of the reader's place are none. */
  @FunctionalInterface
  public interface Reading {
    String read(byte[] buffer, int offset, int limit);
  }

  /**
   * Reads the same bytes three times: in an array of just their length, where one step too far is
   * an exception; between copies of themselves, which are what a reader gone astray would believe;
   * and between their opposites.
   *
   * @return what was read
   */
  public static String readAnywhere(byte[] bytes, Reading reading) {
    String alone = reading.read(bytes, 0, bytes.length);
    assertEquals(alone, between(bytes, bytes, reading), "between copies");
    assertEquals(alone, between(bytes, opposites(bytes), reading), "between opposites");
    return alone;
  }

  private static String between(byte[] bytes, byte[] others, Reading reading) {
    int length = bytes.length;
    byte[] buffer = new byte[3 * length];
    System.arraycopy(others, 0, buffer, 0, length);
    System.arraycopy(bytes, 0, buffer, length, length);
    System.arraycopy(others, 0, buffer, 2 * length, length);
    return reading.read(buffer, length, 2 * length);
  }

  private static byte[] opposites(byte[] bytes) {
    byte[] opposites = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      opposites[i] = (byte) ~bytes[i];
    }
    return opposites;
  }
}
