package imon.flow.recent;

import java.util.Arrays;

/** Places of an array that are free to be used again, the one given last first. */
public final class FreePlaces {
  private int[] places = new int[64];
  private int count;

  public boolean isEmpty() {
    return count == 0;
  }

  public int count() {
    return count;
  }

  /** Frees a place. */
  public void give(int place) {
    if (count == places.length) {
      places = Arrays.copyOf(places, count * 2);
    }
    places[count++] = place;
  }

  /** A free place, which is used from now on; there must be one. */
  public int take() {
    return places[--count];
  }
}
