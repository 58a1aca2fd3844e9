package imon.dns;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The question section (RFC 1035, section 4.1.2): the first question whole, of the next ones their
 * names, and of all of them what they ask for.
 */
final class Questions {
  /** Questions after these are read, but their names are not kept. */
  static final int MAX_NAMES = 8;

  private static final int FIXED_BYTES = 4;

  /** The top bit of QCLASS is multicast DNS's unicast-response bit (RFC 6762, section 5.4). */
  private static final int CLASS_BITS = 0x7fff;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private final NameReader names;
  private final @Nullable String[] kept = new @Nullable String[MAX_NAMES];
  private final long[] serverHash = new long[MAX_NAMES];
  private int serverCount;
  private int count;
  private int type;
  private int recordClass;
  private long hash;
  private boolean askForAddresses;
  private boolean askForService;
  private boolean askForNames;
  private boolean local;
  private int end;

  Questions(NameReader names) {
    this.names = names;
  }

  void clear() {
    count = 0;
    serverCount = 0;
    type = 0;
    recordClass = 0;
    hash = 0;
    askForAddresses = false;
    askForService = false;
    askForNames = false;
    local = false;
    end = 0;
  }

  /** Reads {@code count} questions from {@code first}, fewer when it returns a fault. */
  Fault read(byte[] buffer, int first, int limit, int count) {
    end = first;
    for (int i = 0; i < count; i++) {
      Fault fault = names.read(end);
      if (fault != Fault.NONE) {
        return fault;
      }
      int fixed = names.end();
      if (fixed + FIXED_BYTES > limit) {
        return Fault.CUT;
      }
      take(end, unsignedShort(buffer, fixed), unsignedShort(buffer, fixed + 2) & CLASS_BITS);
      end = fixed + FIXED_BYTES;
    }
    return Fault.NONE;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** How many questions' names are kept. */
  int count() {
    return Math.min(count, MAX_NAMES);
  }

  /** Whether there are questions, and the names of all are kept and are hosts. */
  boolean areHosts() {
    boolean known = count > 0 && count <= MAX_NAMES;
    for (int i = 0; i < count(); i++) {
      known &= kept[i] != null;
    }
    return known;
  }

  /** The name of a question that is kept, null when it is no host. */
  @Nullable String name(int index) {
    return kept[index];
  }

  int type() {
    return type;
  }

  int recordClass() {
    return recordClass;
  }

  long hash() {
    return hash;
  }

  /** Whether any question leads to addresses. */
  boolean askForAddresses() {
    return askForAddresses;
  }

  /**
   * Whether any question asks for HTTPS, SVCB or everything, whose addresses may stand in
   * additional records.
   */
  boolean askForService() {
    return askForService;
  }

  /** How many questions ask for servers, as far as names are kept. */
  int serverCount() {
    return serverCount;
  }

  /** The hash of the name of such a question, as {@link NameReader#hash()}. */
  long serverHash(int index) {
    return serverHash[index];
  }

  /** Whether any question asks for PTR or everything. */
  boolean askForNames() {
    return askForNames;
  }

  /** Whether the first question is about the link's own domain (RFC 6762, section 3). */
  boolean isLocal() {
    return local;
  }

  /** Where the first record starts, after a {@link #read} without fault. */
  int end() {
    return end;
  }

  private void take(int at, int questionType, int questionClass) {
    askForAddresses |= RecordType.asksForAddresses(questionType);
    askForService |= questionType == RecordType.ANY || RecordType.isService(questionType);
    askForNames |= RecordType.asksForNames(questionType);
    if (count == 0) {
      local = ServiceInstances.isLocal(names);
      type = questionType;
      recordClass = questionClass;
      hash = mix(names.hash() ^ (((long) type << 16) | recordClass));
    }
    if (count < MAX_NAMES) {
      kept[count] = names.host();
      if (RecordType.asksForServers(questionType) && names.readLabels(at) == Fault.NONE) {
        serverHash[serverCount++] = names.hash();
      }
    }
    count++;
  }

  /** Spreads the name's hash, so that any of its bits will do for a table. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
    return mixed ^ (mixed >>> 33);
  }

  private static int unsignedShort(byte[] buffer, int position) {
    return (short) SHORT.get(buffer, position) & 0xffff;
  }
}
