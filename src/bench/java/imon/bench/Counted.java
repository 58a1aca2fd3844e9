package imon.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What benchmarks count while they run; {@link ResultTable} shows how many of it a second has. */
public final class Counted {
  private Counted() {}

  @AuxCounters
  @State(Scope.Thread)
  public static class Packets {
    public long packets;
  }

  /** Packets, and the bytes of the file they stand in. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Reading {
    public long packets;
    public long bytes;
  }

  @AuxCounters
  @State(Scope.Thread)
  public static class Flows {
    public long flows;
  }

  @AuxCounters
  @State(Scope.Thread)
  public static class Messages {
    public long messages;
  }

  @AuxCounters
  @State(Scope.Thread)
  public static class Rows {
    public long rows;
  }
}
