package imon.dns;

import imon.dns.device.SeenBy;
import imon.name.NameTable;
import imon.wire.Addresses;
import imon.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Walks resource records (RFC 1035, section 4.1.3) and keeps what names something: addresses,
 * aliases, servers, reverse answers, devices. A fault inside a record's RDATA costs that record,
 * since its length still leads to the next one; a fault before it ends the walk.
 */
final class RecordWalk {
  private static final int IN = 1;

  /** The top bit of CLASS is multicast DNS's cache-flush bit (RFC 6762, section 10.2). */
  private static final int CLASS_BITS = 0x7fff;

  private static final int FIXED_BYTES = 10;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  /** Priority, weight and port before the target (RFC 2782). */
  private static final int SRV_FIXED_BYTES = 6;

  /** The preference before the exchange (RFC 1035, section 3.3.9). */
  private static final int MX_FIXED_BYTES = 2;

  final Aliases aliases = new Aliases();
  final Servers servers = new Servers();
  final Answers addresses = new Answers(Answers.MAX_ADDRESSES);
  final Answers publicNames = new Answers(Answers.MAX_PUBLIC_NAMES);
  final NamedAddresses reverse = new NamedAddresses();
  final NamedAddresses devices = new NamedAddresses();

  private final NameReader names;
  private final ServiceRecord service;
  private final ServiceInstances instances = new ServiceInstances(devices);
  private final ReverseName reverseName = new ReverseName();

  private byte[] buffer = new byte[0];
  private int limit;
  private int at;
  private Fault fault = Fault.NONE;
  private Fault costly = Fault.NONE;

  private boolean wantAddresses;
  private boolean wantServers;
  private boolean wantReverse;
  private boolean wantDevices;
  private @Nullable String question;
  private boolean questionIsAlias;
  private boolean chainBroken;
  private boolean additional;

  /** Whether additional records may be glue: addresses of the name servers before them. */
  private boolean glued;

  private int ttl;

  RecordWalk(NameReader names, NameTable table) {
    this.names = names;
    service = new ServiceRecord(names, table, aliases, addresses, publicNames);
  }

  /** Forgets the message before. */
  void clear() {
    aliases.clear();
    servers.clear();
    addresses.clear();
    publicNames.clear();
    reverse.clear();
    devices.clear();
    instances.clear();
    fault = Fault.NONE;
    costly = Fault.NONE;
  }

  /** Gets ready for the records after the questions, which say what is wanted of them. */
  void wrap(byte[] message, int messageLimit, Questions questions) {
    buffer = message;
    limit = messageLimit;
    at = questions.end();
    wantDevices = questions.isEmpty() || questions.isLocal();
    wantAddresses = wantDevices || questions.askForAddresses();
    wantServers = questions.serverCount() > 0;
    wantReverse = wantDevices || questions.askForNames();
    question = questions.count() == 0 ? null : questions.name(0);
    questionIsAlias = false;
    chainBroken = false;
    additional = false;
    glued = false;
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

  /** Steps over the next {@code count} records, which are those of the authority. */
  void skip(int count) {
    glued = count > 0;
    for (int i = 0; i < count && fault == Fault.NONE; i++) {
      fault = next(false);
    }
  }

  /** All so far are answers, those that follow are additional. */
  void endAnswers() {
    additional = true;
    servers.endAnswers();
    addresses.endAnswers();
    publicNames.endAnswers();
  }

  /** Ties what was found to the questions, or to the servers that answer them. */
  void tie(Questions questions) {
    for (int i = 0; wantAddresses && i < questions.count(); i++) {
      String name = questions.name(i);
      if (name != null) {
        addresses.tie(aliases, name);
        publicNames.tie(aliases, name);
      }
    }
    if (!servers.isEmpty()) {
      aliases.forgetStarts();
      servers.startAll(questions, aliases);
      aliases.follow();
      addresses.tie(aliases);
    }
    boolean keepAnswers = wantDevices || (wantAddresses && !canFollow(questions));
    boolean keepLocal = wantDevices && !glued;
    addresses.dropUnasked(keepAnswers, keepLocal);
    publicNames.dropUnasked(keepAnswers, keepLocal);
    if (!instances.tie(addresses)) {
      note(Fault.LIMITED);
    }
  }

  /**
   * Whether all that leads on from the questions is known: no name on the way is no host, and no
   * DNAME may lack its CNAME (RFC 6672, section 3.1). What is cut off at the end would lead to
   * addresses behind it.
   */
  private boolean canFollow(Questions questions) {
    boolean sound = fault() == Fault.NONE || fault() == Fault.CUT;
    return sound && !chainBroken && questions.areHosts();
  }

  private Fault next(boolean wanted) {
    int record = at;
    Fault broken = names.skip(record);
    if (broken != Fault.NONE) {
      return broken;
    }
    int fixed = names.end();
    int rdata = fixed + FIXED_BYTES;
    if (rdata > limit || rdata + Bytes.u16(buffer, fixed + 8) > limit) {
      return Fault.CUT;
    }
    at = rdata + Bytes.u16(buffer, fixed + 8);
    int type = Bytes.u16(buffer, fixed);
    boolean isIn = (Bytes.u16(buffer, fixed + 2) & CLASS_BITS) == IN;
    if (!wanted || !isIn) {
      return Fault.NONE;
    }
    chainBroken |= type == RecordType.DNAME;
    return isWanted(type) ? read(type, record, fixed) : Fault.NONE;
  }

  private boolean isWanted(int type) {
    return switch (type) {
      case RecordType.CNAME -> true;
      case RecordType.A, RecordType.AAAA -> wantAddresses || wantServers;
      case RecordType.SVCB, RecordType.HTTPS -> wantAddresses;
      case RecordType.PTR -> wantReverse;
      case RecordType.SRV -> wantServers || wantDevices;
      case RecordType.MX -> wantServers && !additional;
      case RecordType.TXT -> wantDevices;
      default -> false;
    };
  }

  private Fault read(int type, int record, int fixed) {
    Fault broken = isOfHost(type) ? names.read(record) : names.readLabels(record);
    if (broken == Fault.NONE) {
      // RFC 2181, section 8: a TTL with the top bit set counts as 0.
      ttl = Math.max(0, Bytes.i32(buffer, fixed + 4));
      int rdata = fixed + FIXED_BYTES;
      switch (type) {
        case RecordType.SRV -> readService(rdata);
        case RecordType.MX -> readServer(names.hash(), rdata + MX_FIXED_BYTES);
        case RecordType.TXT -> readText(rdata);
        case RecordType.PTR -> readReverse(names.host(), rdata);
        default -> readOwned(type, names.host(), record, rdata);
      }
      if (wantServers && !additional) {
        readLink(type, record, rdata);
      }
    }
    return broken;
  }

  /** Whether the owner must be a host; else its labels are looked at. */
  private static boolean isOfHost(int type) {
    return type != RecordType.SRV && type != RecordType.MX && type != RecordType.TXT;
  }

  private void readOwned(int type, @Nullable String owner, int record, int rdata) {
    if (owner == null) {
      chainBroken |= type == RecordType.CNAME;
      return;
    }
    switch (type) {
      case RecordType.A -> readAddress(AnswerKind.A, owner, record, rdata, IPV4_BYTES);
      case RecordType.AAAA -> readAddress(AnswerKind.AAAA, owner, record, rdata, IPV6_BYTES);
      case RecordType.CNAME -> readAlias(owner, rdata);
      default -> note(service.read(buffer, owner, rdata, at, ttl));
    }
  }

  private void readAddress(AnswerKind kind, String owner, int record, int rdata, int width) {
    if (at - rdata != width) {
      note(Fault.MALFORMED);
      return;
    }
    boolean ipv4 = width == IPV4_BYTES;
    long high = ipv4 ? 0 : Bytes.i64(buffer, rdata);
    long low =
        ipv4 ? Addresses.mapped(Bytes.i32(buffer, rdata)) : Bytes.i64(buffer, rdata + Long.BYTES);
    boolean room = addresses.add(kind, owner, owner, high, low, ttl);
    if (room && isOfLink(owner) && names.readLabels(record) == Fault.NONE) {
      room = instances.addHost(names, high, low, ttl);
    }
    note(room ? Fault.NONE : Fault.LIMITED);
  }

  private static boolean isOfLink(String owner) {
    return owner.endsWith(".local") || owner.indexOf('.') < 0;
  }

  private void readAlias(String owner, int rdata) {
    if (names.read(rdata) != Fault.NONE || names.end() != at) {
      note(Fault.MALFORMED);
      return;
    }
    questionIsAlias |= owner.equals(question);
    String target = names.host();
    if (target == null) {
      chainBroken = true;
    } else if (!aliases.add(owner, target, ttl)) {
      note(Fault.LIMITED);
    }
  }

  /**
   * The owner is the address itself, or a name that the asked address is an alias of (RFC 2317),
   * which need not be a host.
   */
  private void readReverse(@Nullable String owner, int rdata) {
    boolean own = owner != null && reverseName.read(owner);
    if (!own && !(questionIsAlias && question != null && reverseName.read(question))) {
      return;
    }
    if (names.read(rdata) != Fault.NONE || names.end() != at) {
      note(Fault.MALFORMED);
      return;
    }
    String target = names.host();
    if (target != null
        && !reverse.add(SeenBy.REVERSE, target, reverseName.high(), reverseName.low(), ttl)) {
      note(Fault.LIMITED);
    }
  }

  private void readText(int rdata) {
    int slot = instances.instance(names, ttl);
    if (slot >= 0) {
      instances.readText(slot, buffer, rdata, at);
    }
  }

  private void readService(int rdata) {
    int slot = instances.instance(names, ttl);
    if (slot < 0 && !wantServers) {
      return;
    }
    String host = readServer(names.hash(), rdata + SRV_FIXED_BYTES);
    if (slot >= 0 && host != null) {
      instances.setHost(slot, host);
    }
  }

  /** The host at the end of the RDATA, also kept if servers are wanted; null when it is none. */
  private @Nullable String readServer(long owner, int name) {
    if (name >= at || names.read(name) != Fault.NONE || names.end() != at) {
      note(Fault.MALFORMED);
      return null;
    }
    String host = names.host();
    if (wantServers && host != null && !servers.add(owner, host)) {
      note(Fault.LIMITED);
    }
    return host;
  }

  /** What leads on from a name that need not be a host. */
  private void readLink(int type, int record, int rdata) {
    boolean lists = type == RecordType.PTR;
    if (!lists && type != RecordType.CNAME) {
      return;
    }
    if (servers.linksAreFull()) {
      note(Fault.LIMITED);
      return;
    }
    names.readLabels(record);
    long from = names.hash();
    if (names.readLabels(rdata) == Fault.NONE && names.end() == at) {
      servers.addLink(from, names.hash(), lists);
    } else {
      note(Fault.MALFORMED);
    }
  }

  private void note(Fault recordFault) {
    if (costly == Fault.NONE) {
      costly = recordFault;
    }
  }
}
