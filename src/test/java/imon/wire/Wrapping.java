package imon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import imon.pcap.Anomaly;
import imon.testing.Hex;
import java.util.Arrays;

/** What every {@link Encapsulation} must do. */
public final class Wrapping {
  /** Bytes before the header, so that a view that forgets its offset is found out. */
  private static final int BEFORE = 3;

  private Wrapping() {}

  /**
   * The header is sound, carries this, and its payload is what stands behind {@code >} in {@code
   * fields}. Cut anywhere before that it is an anomaly, or carries nothing.
   */
  public static void assertCarries(int carried, Encapsulation view, String fields) {
    String[] parts = fields.split(">", -1);
    byte[] header = placed(parts[0]);
    byte[] whole = placed(parts[0] + parts[1]);
    assertNull(view.wrap(whole, BEFORE, whole.length), fields);
    assertEquals(carried, view.carried(), fields);
    assertEquals(header.length, view.payload(), fields);
    assertEquals(whole.length, view.payloadLimit(), fields);
    for (int limit = BEFORE; limit < header.length; limit++) {
      byte[] cut = Arrays.copyOf(whole, limit);
      if (view.wrap(cut, BEFORE, limit) == null) {
        assertEquals(EtherType.NOTHING, view.carried(), fields + " cut to " + (limit - BEFORE));
      }
    }
  }

  /** The header is sound, and there is nothing to open. */
  public static void assertCarriesNothing(Encapsulation view, String fields) {
    byte[] whole = placed(fields);
    assertNull(view.wrap(whole, BEFORE, whole.length), fields);
    assertEquals(EtherType.NOTHING, view.carried(), fields);
  }

  /** The header is not sound. */
  public static void assertAnomaly(Anomaly expected, Encapsulation view, String fields) {
    byte[] whole = placed(fields);
    Anomaly anomaly = view.wrap(whole, BEFORE, whole.length);
    assertNotNull(anomaly, fields);
    assertEquals(expected, anomaly, fields);
  }

  private static byte[] placed(String fields) {
    return Hex.bytes("f0 f0 f0 " + fields);
  }
}
