package imon.flow.recent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * States that wait for more packets, by a number. Each is kept for so many packets of the capture
 * after it was opened, exactly, whether or not {@link #expire} was called.
 */
public final class OpenStates<T> {
  private final long distance;
  private final Map<Long, Opened<T>> open = new HashMap<>();
  private final Deque<Opened<T>> inOrder = new ArrayDeque<>();

  private static final class Opened<T> {
    final long key;
    final long packet;
    @Nullable T state;

    Opened(long key, long packet, T state) {
      this.key = key;
      this.packet = packet;
      this.state = state;
    }
  }

  /** States that are kept for {@link RecentTable#DISTANCE} packets. */
  public OpenStates() {
    this(RecentTable.DISTANCE);
  }

  /**
   * @param distance for how many packets of the capture a state is kept
   */
  OpenStates(long distance) {
    this.distance = distance;
  }

  /** The state, or null when there is none or it has waited too long. */
  public @Nullable T find(long key, long packet) {
    Opened<T> opened = open.isEmpty() ? null : open.get(key);
    return opened == null || isOver(opened, packet) ? null : opened.state;
  }

  /** Whether there is a state, perhaps one that has waited too long. */
  public boolean holds(long key) {
    return !open.isEmpty() && open.containsKey(key);
  }

  /** Keeps a state, in place of any other of this key. */
  public void open(long key, long packet, T state) {
    close(key);
    Opened<T> opened = new Opened<>(key, packet, state);
    open.put(key, opened);
    inOrder.add(opened);
  }

  /** Forgets a state, if there is one. */
  public void close(long key) {
    Opened<T> opened = open.isEmpty() ? null : open.remove(key);
    if (opened != null) {
      opened.state = null;
    }
  }

  /** Frees what was opened too long before this packet. */
  public void expire(long packet) {
    Opened<T> oldest = inOrder.peek();
    while (oldest != null && isOver(oldest, packet)) {
      open.remove(oldest.key, oldest);
      inOrder.remove();
      oldest = inOrder.peek();
    }
  }

  private boolean isOver(Opened<?> opened, long packet) {
    return packet - opened.packet > distance;
  }
}
