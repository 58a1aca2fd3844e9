package imon.store;

/**
 * Traffic of some set of flows, in wire bytes; up is client to server. {@link #packets} and {@link
 * #bytes} are derived, so that they cannot disagree.
 */
public record Traffic(
    long connections, long upPackets, long upBytes, long downPackets, long downBytes) {
  public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);

  public long packets() {
    return upPackets + downPackets;
  }

  public long bytes() {
    return upBytes + downBytes;
  }

  public Traffic plus(Traffic other) {
    return new Traffic(
        connections + other.connections,
        upPackets + other.upPackets,
        upBytes + other.upBytes,
        downPackets + other.downPackets,
        downBytes + other.downBytes);
  }

  public Traffic minus(Traffic other) {
    return new Traffic(
        connections - other.connections,
        upPackets - other.upPackets,
        upBytes - other.upBytes,
        downPackets - other.downPackets,
        downBytes - other.downBytes);
  }
}
