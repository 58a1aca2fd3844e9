package imon.pcap;

import imon.pcap.names.ResolvedNames;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Steps over the records of one capture format and unpacks their headers. It sees windows of bytes
 * and knows nothing of files. After a fault it is done.
 */
abstract class RecordStepper {
  /** A captured length above this is not believed; libpcap writes at most 256 KiB. */
  static final int CAPTURED_LENGTH_LIMIT = 16 * 1024 * 1024;

  /** An original length above this is not believed: nothing puts such packets on a wire. */
  static final int ORIGINAL_LENGTH_LIMIT = 256 * 1024;

  private static final VarHandle BIG =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  final AnomalyCounts anomalies = new AnomalyCounts();
  final SortedSet<Integer> linkTypes = new TreeSet<>();
  boolean bigEndian;

  private int needed;
  private @Nullable String fault;

  /** Name of the format, for example {@code pcap-ns}. */
  abstract String format();

  /**
   * Adds the packets of all whole records in the block's bytes from {@code from} to {@code to};
   * returns where the first record begins that is incomplete or corrupt, or {@code to}.
   */
  abstract int step(Block block, int from, int to);

  /** Bytes before the first record. */
  int fileHeaderLength() {
    return 0;
  }

  /** Packets the capturing side lost, as far as the file says. */
  abstract OptionalLong dropped();

  /** Names of addresses that the file gives, so far as it has been stepped through. */
  List<ResolvedNames.Name> names() {
    return List.of();
  }

  /** Length of a record of no packets that is too long to be held, and begins next; else 0. */
  long passOver() {
    return 0;
  }

  /** Bytes from the start of the first incomplete record that are needed to go on. */
  final int needed() {
    return needed;
  }

  /** What is wrong with the next record, or null. */
  final @Nullable String fault() {
    return fault;
  }

  final int incomplete(int at, int recordLength) {
    needed = recordLength;
    return at;
  }

  final int corrupt(int at, String what) {
    fault = what;
    return at;
  }

  final int word(byte[] bytes, int at) {
    return bigEndian ? (int) BIG.get(bytes, at) : (int) LITTLE.get(bytes, at);
  }

  final int half(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    int second = bytes[at + 1] & 0xff;
    return bigEndian ? first << 8 | second : second << 8 | first;
  }

  /** Bytes on the wire by the accounting rule; {@code original} is as the record has it. */
  final int wireLength(int captured, int original, long packetNumber) {
    if (original >= captured && original <= ORIGINAL_LENGTH_LIMIT) {
      return original;
    }
    anomalies.count(Anomaly.IMPOSSIBLE_ORIGINAL_LENGTH, packetNumber);
    return captured;
  }

  final SortedSet<Integer> linkTypes() {
    return Collections.unmodifiableSortedSet(linkTypes);
  }
}
