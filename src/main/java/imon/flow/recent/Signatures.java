package imon.flow.recent;

import java.util.Arrays;

/** A set of 64-bit signatures that is filled and emptied again and again; 0 is none. */
public final class Signatures {
  private long[] places = new long[64];
  private int size;

  public boolean isEmpty() {
    return size == 0;
  }

  public boolean contains(long signature) {
    return places[place(signature)] == signature;
  }

  public void add(long signature) {
    if (signature == 0 || contains(signature)) {
      return;
    }
    if (++size * 2 > places.length) {
      grow();
    }
    places[place(signature)] = signature;
  }

  public void clear() {
    if (size > 0) {
      Arrays.fill(places, 0);
      size = 0;
    }
  }

  /** Where the signature stands, or could. */
  private int place(long signature) {
    int at = (int) (signature >>> 32) & places.length - 1;
    while (places[at] != 0 && places[at] != signature) {
      at = at + 1 & places.length - 1;
    }
    return at;
  }

  private void grow() {
    long[] old = places;
    places = new long[old.length * 2];
    for (long signature : old) {
      if (signature != 0) {
        places[place(signature)] = signature;
      }
    }
  }
}
