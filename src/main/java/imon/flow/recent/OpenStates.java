package imon.flow.recent;

import imon.decode.Dealer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * States that wait for more packets, by a number. Each is kept for so many ticks of the capture
 * ({@link Dealer#tick}) after it was opened, exactly, whether or not {@link #expire} was called.
 */
public final class OpenStates<T> {
  /** For how many ticks of the capture a state is kept unless another limit is given. */
  public static final long DISTANCE = 1 << 18;

  private final long distance;
  private final Map<Long, Opened<T>> open = new HashMap<>();
  private final Deque<Opened<T>> inOrder = new ArrayDeque<>();

  private static final class Opened<T> {
    final long key;
    final long tick;
    @Nullable T state;

    Opened(long key, long tick, T state) {
      this.key = key;
      this.tick = tick;
      this.state = state;
    }
  }

  /** States that are kept for {@link #DISTANCE} ticks. */
  public OpenStates() {
    this(DISTANCE);
  }

  /**
   * @param distance for how many ticks of the capture a state is kept
   */
  OpenStates(long distance) {
    this.distance = distance;
  }

  /** The state, or null when there is none or it has waited too long. */
  public @Nullable T find(long key, long tick) {
    Opened<T> opened = open.isEmpty() ? null : open.get(key);
    return opened == null || isOver(opened, tick) ? null : opened.state;
  }

  /** Whether there is a state, perhaps one that has waited too long. */
  public boolean holds(long key) {
    return !open.isEmpty() && open.containsKey(key);
  }

  /** Keeps a state, in place of any other of this key. */
  public void open(long key, long tick, T state) {
    close(key);
    Opened<T> opened = new Opened<>(key, tick, state);
    open.put(key, opened);
    inOrder.add(opened);
  }

  /** Puts another state in the place of one that {@link #find} finds; it is as old as that one. */
  public void replace(long key, T state) {
    Objects.requireNonNull(open.get(key)).state = state;
  }

  /** Forgets a state, if there is one. */
  public void close(long key) {
    Opened<T> opened = open.isEmpty() ? null : open.remove(key);
    if (opened != null) {
      opened.state = null;
    }
  }

  /** Frees what was opened too long before this tick. */
  public void expire(long tick) {
    Opened<T> oldest = inOrder.peek();
    while (oldest != null && isOver(oldest, tick)) {
      open.remove(oldest.key, oldest);
      inOrder.remove();
      oldest = inOrder.peek();
    }
  }

  private boolean isOver(Opened<?> opened, long tick) {
    return tick - opened.tick > distance;
  }
}
