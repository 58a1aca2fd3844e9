package imon.name;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns hosts as found on the wire into strings, and gives a host it knows without allocating. It
 * is a cache of constant size: full, it is emptied, and what it returns never depends on what it
 * held. Equal hosts are usually, not always, the same object: compare with {@code equals}. Owned by
 * one thread; keeps no buffer.
 */
public final class NameTable {
  private static final int SLOTS = 1 << 16;
  private static final int MAX_NAMES = SLOTS / 2;

  /**
   * Names with hashes an attacker made equal cost this many comparisons and no more: then the
   * newest takes a slot over.
   */
  private static final int MAX_PROBES = 8;

  /** In an entry: how many bits the start and the length of its key take. */
  private static final int START_BITS = 20;

  private static final int LENGTH_BITS = 8;

  private final HostForm form = new HostForm();

  /** The hash of a key, where in {@link #keys} it starts, and how long it is; 0 for none. */
  private final long[] entries = new long[SLOTS];

  /** The host that a key is; null when it is none. */
  private final @Nullable String[] names = new @Nullable String[SLOTS];

  private final byte[] keys = new byte[1 << START_BITS];
  private int keysUsed;
  private int added;

  /**
   * The host in {@code buffer[offset, limit)} in its normal form: lower case, port and final dot
   * removed, raw UTF-8 as xn--; null when the bytes are no plausible host name or an address
   * literal, in brackets or not.
   */
  public @Nullable String host(byte[] buffer, int offset, int limit) {
    return form.readText(buffer, offset, limit) ? lookUp() : null;
  }

  /**
   * The same for a host given as DNS labels (RFC 1035, section 3.1): each label after its length
   * byte, not compressed, the root's zero byte left out. A dot or colon in a label is no separator
   * here and makes the name no host.
   */
  public @Nullable String hostOfLabels(byte[] buffer, int offset, int limit) {
    return form.readLabels(buffer, offset, limit) ? lookUp() : null;
  }

  private @Nullable String lookUp() {
    int hash = form.hash();
    int home = hash & (SLOTS - 1);
    for (int probe = 0; probe < MAX_PROBES; probe++) {
      int slot = (home + probe) & (SLOTS - 1);
      long entry = entries[slot];
      if (entry == 0) {
        return add(slot, hash);
      }
      if ((int) (entry >>> 32) == hash && form.matches(keys, start(entry), length(entry))) {
        return names[slot];
      }
    }
    return add(home, hash);
  }

  private static int start(long entry) {
    return (int) entry >>> LENGTH_BITS;
  }

  private static int length(long entry) {
    return (int) entry & ((1 << LENGTH_BITS) - 1);
  }

  private @Nullable String add(int slot, int hash) {
    if (added == MAX_NAMES || keysUsed + form.length() > keys.length) {
      empty();
    }
    System.arraycopy(form.bytes(), 0, keys, keysUsed, form.length());
    entries[slot] = (long) hash << 32 | keysUsed << LENGTH_BITS | form.length();
    names[slot] = form.isAscii() ? form.text() : InternationalHost.toAscii(form);
    keysUsed += form.length();
    added++;
    return names[slot];
  }

  private void empty() {
    Arrays.fill(entries, 0);
    Arrays.fill(names, null);
    keysUsed = 0;
    added = 0;
  }
}
