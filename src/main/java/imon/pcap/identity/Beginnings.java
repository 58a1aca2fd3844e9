package imon.pcap.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Notices which captures known before a stream of bytes begins with: at the length of each, the
 * hash so far is compared with its fingerprint. Costs one digest for each known length that is
 * reached, and nothing between them.
 */
public final class Beginnings {
  private final List<KnownCapture> known;
  private final List<KnownCapture> found = new ArrayList<>();
  private int next;

  /** Will notice these. */
  public Beginnings(Collection<KnownCapture> known) {
    this.known = known.stream().sorted(Comparator.comparingLong(KnownCapture::bytes)).toList();
  }

  /** Hashes {@code bytes} from {@code from} (inclusive) to {@code to} (exclusive), and compares. */
  public void update(Fingerprint fingerprint, byte[] bytes, int from, int to) {
    int at = from;
    while (next < known.size() && known.get(next).bytes() - fingerprint.length() <= to - at) {
      int part = (int) Math.max(0, known.get(next).bytes() - fingerprint.length());
      fingerprint.update(bytes, at, at + part);
      at += part;
      compare(fingerprint);
    }
    fingerprint.update(bytes, at, to);
  }

  /** Compares with all known captures that are not longer than what was hashed. */
  public void compare(Fingerprint fingerprint) {
    for (; next < known.size() && known.get(next).bytes() <= fingerprint.length(); next++) {
      KnownCapture candidate = known.get(next);
      if (candidate.bytes() == fingerprint.length()
          && candidate.fingerprint().equals(fingerprint.digest())) {
        found.add(candidate);
      }
    }
  }

  /** Whether all of them have been compared, so that what follows cannot matter. */
  public boolean areCompared() {
    return next == known.size();
  }

  /** Those found so far; the shortest first. */
  public List<KnownCapture> found() {
    return List.copyOf(found);
  }

  /** Those found that are shorter than {@code length} bytes; the shortest first. */
  public List<KnownCapture> before(long length) {
    return found.stream().filter(capture -> capture.bytes() < length).toList();
  }
}
