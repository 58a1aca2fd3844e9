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
  private static final int KEY_BYTES = 1 << 20;

  /**
   * Names with hashes an attacker made equal cost this many comparisons and no more: then the
   * newest takes a slot over.
   */
  private static final int MAX_PROBES = 8;

  /** Stands in the table for bytes known to be no host; no host is empty. */
  private static final String NO_HOST = "";

  private final HostForm form = new HostForm();
  private final @Nullable String[] names = new @Nullable String[SLOTS];
  private final int[] hashes = new int[SLOTS];
  private final int[] keyStart = new int[SLOTS];
  private final short[] keyLength = new short[SLOTS];
  private final byte[] keys = new byte[KEY_BYTES];
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
      String name = names[slot];
      if (name == null) {
        return add(slot, hash);
      }
      if (hashes[slot] == hash && form.matches(keys, keyStart[slot], keyLength[slot])) {
        return hostOrNull(name);
      }
    }
    return add(home, hash);
  }

  private @Nullable String add(int slot, int hash) {
    if (added == MAX_NAMES || keysUsed + form.length() > KEY_BYTES) {
      empty();
    }
    String name = form.isAscii() ? form.text() : converted();
    System.arraycopy(form.bytes(), 0, keys, keysUsed, form.length());
    names[slot] = name;
    hashes[slot] = hash;
    keyStart[slot] = keysUsed;
    keyLength[slot] = (short) form.length();
    keysUsed += form.length();
    added++;
    return hostOrNull(name);
  }

  private String converted() {
    String ascii = InternationalHost.toAscii(form);
    return ascii == null ? NO_HOST : ascii;
  }

  private void empty() {
    Arrays.fill(names, null);
    keysUsed = 0;
    added = 0;
  }

  private static @Nullable String hostOrNull(String name) {
    return name.isEmpty() ? null : name;
  }
}
