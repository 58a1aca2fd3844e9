package imon.live.device;

/**
 * How a device is opened.
 *
 * @param device its name; {@code any} for all of them
 * @param filter a filter in libpcap's language; empty for all packets
 * @param snapLength bytes kept of a packet, 1 to {@value #MOST_SNAP_LENGTH}
 * @param bufferBytes room for packets in the kernel
 * @param promiscuous whether it takes frames for other stations, too
 * @param immediate whether packets are handed over one by one, as they come
 * @param nanoseconds whether times are in nanoseconds where the device has them
 */
public record DeviceOptions(
    String device,
    String filter,
    int snapLength,
    int bufferBytes,
    boolean promiscuous,
    boolean immediate,
    boolean nanoseconds) {
  /** Libpcap refuses more. */
  public static final int MOST_SNAP_LENGTH = 262_144;

  public static final int DEFAULT_BUFFER_BYTES = 64 << 20;

  public DeviceOptions {
    if (device.isEmpty()) {
      throw new IllegalArgumentException("no device is given");
    }
    if (snapLength < 1 || snapLength > MOST_SNAP_LENGTH) {
      throw new IllegalArgumentException(
          "a snap length of %d is not between 1 and %d".formatted(snapLength, MOST_SNAP_LENGTH));
    }
    if (bufferBytes < 1) {
      throw new IllegalArgumentException("a buffer of " + bufferBytes + " bytes is too small");
    }
  }
}
