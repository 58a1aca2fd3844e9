package imon.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Traffic of some set of flows, in wire bytes; up is client to server. {@link #packets} and {@link
 * #bytes} are derived, so that they cannot disagree.
 */
public record Traffic(
    long connections, long upPackets, long upBytes, long downPackets, long downBytes) {
  public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);

  /** What stands in a row from this column on, in the order of the components. */
  public static Traffic of(ResultSet row, int column) throws SQLException {
    return new Traffic(
        row.getLong(column),
        row.getLong(column + 1),
        row.getLong(column + 2),
        row.getLong(column + 3),
        row.getLong(column + 4));
  }

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
