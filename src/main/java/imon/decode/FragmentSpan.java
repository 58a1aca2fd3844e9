package imon.decode;

/** How far apart two fragments may be to count as parts of one datagram. */
public final class FragmentSpan {
  /** Packets of the capture from the first fragment to a later one, and the other way round. */
  public static final long PACKETS = 1 << 18;

  /** Time from the first fragment to another, before or after it (RFC 8200, section 4.5). */
  public static final long NANOSECONDS = 60_000_000_000L;

  private FragmentSpan() {}
}
