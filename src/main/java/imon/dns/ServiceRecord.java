package imon.dns;

import imon.name.NameTable;
import imon.wire.Addresses;
import imon.wire.Bytes;

/**
 * An SVCB or HTTPS record (RFC 9460, section 2.2): SvcPriority, TargetName, SvcParams. Hands its
 * alias, its address hints and the public names of its ECH configurations on.
 */
final class ServiceRecord {
  private static final int IPV4_HINT = 4;
  private static final int ECH = 5;
  private static final int IPV6_HINT = 6;

  private final NameReader names;
  private final Aliases aliases;
  private final Answers addresses;
  private final Answers publicNames;
  private final EchConfigs configs;

  private byte[] buffer = new byte[0];
  private int ttl;
  private Fault fault = Fault.NONE;

  ServiceRecord(
      NameReader names, NameTable table, Aliases aliases, Answers addresses, Answers publicNames) {
    this.names = names;
    this.aliases = aliases;
    this.addresses = addresses;
    this.publicNames = publicNames;
    configs = new EchConfigs(table);
  }

  /**
   * Reads the RDATA from {@code rdata} to {@code end}; returns the first fault, before which all is
   * kept. Priority 0 is an alias and its parameters mean nothing.
   */
  Fault read(byte[] message, String owner, int rdata, int end, int seconds) {
    buffer = message;
    ttl = seconds;
    fault = Fault.NONE;
    if (rdata + 3 > end || names.read(rdata + 2) != Fault.NONE || names.end() > end) {
      return Fault.MALFORMED;
    }
    boolean ownTarget = buffer[rdata + 2] == 0;
    String target = ownTarget ? owner : names.host();
    if (target == null) {
      return Fault.NONE;
    }
    if (!ownTarget && !aliases.add(owner, target, ttl)) {
      note(Fault.LIMITED);
    }
    if (Bytes.u16(buffer, rdata) != 0) {
      readParameters(owner, target, names.end(), end);
    }
    return fault;
  }

  private void readParameters(String owner, String target, int first, int end) {
    int parameter = first;
    while (parameter < end) {
      int value = parameter + 4;
      int valueEnd = value <= end ? value + Bytes.u16(buffer, parameter + 2) : value;
      if (valueEnd > end) {
        note(Fault.MALFORMED);
        return;
      }
      switch (Bytes.u16(buffer, parameter)) {
        case IPV4_HINT -> readHints(owner, target, value, valueEnd, 4);
        case IPV6_HINT -> readHints(owner, target, value, valueEnd, 16);
        case ECH -> readConfigs(owner, value, valueEnd);
        default -> {}
      }
      parameter = valueEnd;
    }
  }

  private void readHints(String owner, String target, int from, int end, int width) {
    if (from == end || (end - from) % width != 0) {
      note(Fault.MALFORMED);
      return;
    }
    for (int address = from; address < end; address += width) {
      long high = width == 4 ? 0 : Bytes.i64(buffer, address);
      long low =
          width == 4
              ? Addresses.mapped(Bytes.i32(buffer, address))
              : Bytes.i64(buffer, address + 8);
      if (!addresses.add(AnswerKind.HINT, owner, target, high, low, ttl)) {
        note(Fault.LIMITED);
        return;
      }
    }
  }

  private void readConfigs(String owner, int from, int end) {
    configs.wrap(buffer, from, end);
    for (String name = configs.nextPublicName(); name != null; name = configs.nextPublicName()) {
      if (!publicNames.add(AnswerKind.ECH, owner, name, 0, 0, ttl)) {
        note(Fault.LIMITED);
        return;
      }
    }
    if (configs.isMalformed()) {
      note(Fault.MALFORMED);
    }
  }

  private void note(Fault recordFault) {
    if (fault == Fault.NONE) {
      fault = recordFault;
    }
  }
}
