package imon.dns;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks resource records (RFC 1035, section 4.1.3) and hands their aliases and addresses to {@link
 * Answers}. A fault inside a record's RDATA costs that record, since its length still leads to the
 * next one; a fault before it ends the walk.
 */
final class RecordWalk {
  private static final int IN = 1;

  /** The top bit of CLASS is multicast DNS's cache-flush bit (RFC 6762, section 10.2). */
  private static final int CLASS_BITS = 0x7fff;

  private static final int FIXED_BYTES = 10;
  private static final int IPV4_HINT = 4;
  private static final int IPV6_HINT = 6;
  private static final long MAPPED = 0xffff_0000_0000L;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final NameReader names;
  private final Answers answers;

  private byte[] buffer = new byte[0];
  private int limit;
  private int at;
  private Fault fault = Fault.NONE;
  private Fault costly = Fault.NONE;

  private int ttl;

  RecordWalk(NameReader names, Answers answers) {
    this.names = names;
    this.answers = answers;
  }

  void wrap(byte[] message, int messageLimit, int firstRecord) {
    buffer = message;
    limit = messageLimit;
    at = firstRecord;
    fault = Fault.NONE;
    costly = Fault.NONE;
  }

  /** What ended the walk, or else the first fault that cost a record. */
  Fault fault() {
    return fault == Fault.NONE ? costly : fault;
  }

  /** Takes the next {@code count} records, fewer when a fault ends the walk. */
  void take(int count) {
    for (int i = 0; i < count && fault == Fault.NONE; i++) {
      fault = next(true);
    }
  }

  /** Steps over the next {@code count} records. */
  void skip(int count) {
    for (int i = 0; i < count && fault == Fault.NONE; i++) {
      fault = next(false);
    }
  }

  private Fault next(boolean wanted) {
    int record = at;
    Fault broken = names.skip(record);
    if (broken != Fault.NONE) {
      return broken;
    }
    int fixed = names.end();
    int rdata = fixed + FIXED_BYTES;
    if (rdata > limit || rdata + unsignedShort(fixed + 8) > limit) {
      return Fault.CUT;
    }
    at = rdata + unsignedShort(fixed + 8);
    int type = unsignedShort(fixed);
    boolean isIn = (unsignedShort(fixed + 2) & CLASS_BITS) == IN;
    return wanted && isIn && RecordType.leadsToAddresses(type)
        ? read(type, record, fixed)
        : Fault.NONE;
  }

  private Fault read(int type, int record, int fixed) {
    Fault broken = names.read(record);
    String owner = names.host();
    if (broken == Fault.NONE && owner != null) {
      // RFC 2181, section 8: a TTL with the top bit set counts as 0.
      ttl = Math.max(0, (int) INT.get(buffer, fixed + 4));
      read(type, owner, fixed + FIXED_BYTES, at);
    }
    return broken;
  }

  private void read(int type, String owner, int rdata, int end) {
    switch (type) {
      case RecordType.A -> readAddresses(AnswerKind.A, owner, owner, rdata, end, 4, 1);
      case RecordType.AAAA -> readAddresses(AnswerKind.AAAA, owner, owner, rdata, end, 16, 1);
      case RecordType.CNAME -> readAlias(owner, rdata, end);
      case RecordType.SVCB, RecordType.HTTPS -> readService(owner, rdata, end);
      default -> {}
    }
  }

  private void readAlias(String owner, int rdata, int end) {
    if (names.read(rdata) != Fault.NONE || names.end() != end) {
      note(Fault.MALFORMED);
      return;
    }
    String target = names.host();
    if (target != null && !answers.addAlias(owner, target, ttl)) {
      note(Fault.LIMITED);
    }
  }

  /**
   * RFC 9460, section 2.2: SvcPriority, TargetName, SvcParams. Priority 0 is an alias and its
   * parameters mean nothing.
   */
  private void readService(String owner, int rdata, int end) {
    if (rdata + 3 > end || names.read(rdata + 2) != Fault.NONE || names.end() > end) {
      note(Fault.MALFORMED);
      return;
    }
    boolean ownTarget = buffer[rdata + 2] == 0;
    String target = ownTarget ? owner : names.host();
    if (target == null) {
      return;
    }
    if (!ownTarget && !answers.addAlias(owner, target, ttl)) {
      note(Fault.LIMITED);
    }
    if (unsignedShort(rdata) != 0) {
      readHints(owner, target, names.end(), end);
    }
  }

  private void readHints(String owner, String target, int first, int end) {
    int parameter = first;
    while (parameter < end) {
      int value = parameter + 4;
      int valueEnd = value <= end ? value + unsignedShort(parameter + 2) : value;
      if (valueEnd > end) {
        note(Fault.MALFORMED);
        return;
      }
      switch (unsignedShort(parameter)) {
        case IPV4_HINT -> readAddresses(AnswerKind.HINT, owner, target, value, valueEnd, 4, 0);
        case IPV6_HINT -> readAddresses(AnswerKind.HINT, owner, target, value, valueEnd, 16, 0);
        default -> {}
      }
      parameter = valueEnd;
    }
  }

  private void readAddresses(
      AnswerKind kind, String owner, String canonical, int from, int end, int width, int exactly) {
    int length = end - from;
    if (length == 0 || length % width != 0 || (exactly > 0 && length != width * exactly)) {
      note(Fault.MALFORMED);
      return;
    }
    for (int address = from; address < end; address += width) {
      long high = width == 4 ? 0 : (long) LONG.get(buffer, address);
      long low =
          width == 4
              ? mapped((int) INT.get(buffer, address))
              : (long) LONG.get(buffer, address + 8);
      if (!answers.addAddress(kind, owner, canonical, high, low, ttl)) {
        note(Fault.LIMITED);
        return;
      }
    }
  }

  private static long mapped(int ipv4) {
    return MAPPED | (ipv4 & 0xffff_ffffL);
  }

  private void note(Fault recordFault) {
    if (costly == Fault.NONE) {
      costly = recordFault;
    }
  }

  private int unsignedShort(int position) {
    return (short) SHORT.get(buffer, position) & 0xffff;
  }
}
