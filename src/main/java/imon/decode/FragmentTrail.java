package imon.decode;

/**
 * Keeps the fragments of a tunnel packet together: only the first one shows the inner addresses, so
 * the hash of the inner pair is remembered under the datagram's signature. The table has a fixed
 * size and a newcomer takes the place of whoever is in it: it is filled in packet order, so that
 * the outcome is the same for any number of workers.
 */
final class FragmentTrail {
  private static final int SLOTS = 1 << 14;

  private final FragmentHeader header = new FragmentHeader();
  private final long[] signatures = new long[SLOTS];
  private final long[] hashes = new long[SLOTS];

  /**
   * The hash by which to deal a fragment.
   *
   * @param fragmented offset of the fragmented IP header
   * @param innermost offset of the innermost IP header
   * @param innermostHash hash of the innermost address pair
   */
  long follow(byte[] buffer, int fragmented, int innermost, long innermostHash) {
    header.wrap(buffer, fragmented);
    long signature = header.signature();
    int slot = (int) (signature >>> 50);
    if (header.isFirst()) {
      if (innermost != fragmented) {
        signatures[slot] = signature;
        hashes[slot] = innermostHash;
      }
      return innermostHash;
    }
    return signatures[slot] == signature ? hashes[slot] : innermostHash;
  }
}
