package imon.decode;

/**
 * Keeps the fragments of a tunnel packet together: only the first one shows the inner addresses, so
 * the hash of the inner pair is remembered under the datagram's signature. Fragments that come
 * before their first one do not find it and stay with the outer pair.
 *
 * <p>The table has a fixed size and a newcomer takes the place of whoever is in it: it is filled in
 * packet order, so that the outcome is the same for any number of workers.
 */
final class FragmentTrail {
  private static final int SLOTS = 1 << 14;

  private final FragmentHeader header = new FragmentHeader();
  private final long[] signatures = new long[SLOTS];
  private final long[] hashes = new long[SLOTS];
  private final long[] numbers = new long[SLOTS];
  private final long[] times = new long[SLOTS];
  private boolean following;
  private long hash;

  /**
   * Takes in a fragment.
   *
   * @param fragmented offset of the fragmented IP header
   * @param innermost offset of the innermost IP header
   * @param innermostHash hash of the innermost address pair
   * @param number the packet's number in its capture
   * @param time capture time in nanoseconds
   */
  void follow(
      byte[] buffer, int fragmented, int innermost, long innermostHash, long number, long time) {
    header.wrap(buffer, fragmented, buffer.length);
    long signature = header.signature();
    int slot = (int) (signature >>> 50);
    hash = innermostHash;
    if (header.isFirst()) {
      following = false;
      begin(slot, signature, innermost != fragmented, number, time);
    } else {
      following = signatures[slot] == signature && isNear(slot, number, time);
      hash = following ? hashes[slot] : innermostHash;
    }
  }

  private void begin(int slot, long signature, boolean tunnel, long number, long time) {
    if (tunnel) {
      signatures[slot] = signature;
      hashes[slot] = hash;
      numbers[slot] = number;
      times[slot] = time;
    } else if (signatures[slot] == signature) {
      signatures[slot] = 0;
    }
  }

  private boolean isNear(int slot, long number, long time) {
    return number - numbers[slot] <= FragmentSpan.PACKETS
        && Math.abs(time - times[slot]) <= FragmentSpan.NANOSECONDS;
  }

  /**
   * The fragment that was taken in last came in a tunnel's packet which is in fragments, too: those
   * behind this first one of them go where it goes.
   *
   * @param carrier offset of the tunnel's fragmented IP header
   */
  void carry(byte[] buffer, int carrier, long number, long time) {
    header.wrap(buffer, carrier, buffer.length);
    long signature = header.signature();
    begin((int) (signature >>> 50), signature, true, number, time);
  }

  /** Whether the fragment belongs to the inner packet that its first one has shown. */
  boolean isFollowing() {
    return following;
  }

  /** The hash by which to deal the fragment. */
  long hash() {
    return hash;
  }
}
