package imon.dns;

import imon.name.NameTable;
import imon.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One DNS message (RFC 1035, section 4): its header, its first question, and what a response says
 * about names and addresses.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  |              ID               |Q|Opcode |A|T|R|R|  Z  | RCODE |
 *  |            QDCOUNT            |            ANCOUNT            |
 *  |            NSCOUNT            |            ARCOUNT            |
 * </pre>
 *
 * <p>{@link #wrap} reads everything; what the accessors give is valid until the next {@code wrap}
 * and does not need the buffer any more. Addresses are 128 bits in two longs, an IPv4 address
 * a.b.c.d as ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2).
 *
 * <p>Addresses are taken from a standard query's response in class IN that asks for A, AAAA, HTTPS,
 * SVCB or ANY, whatever its RCODE says: from the answers, and from the additional records those
 * that a question leads to through aliases; of several questions the first {@value
 * Questions#MAX_NAMES} are followed. A multicast DNS response (RFC 6762) repeats no question, or
 * one in {@code .local}: of it the additional addresses of {@code .local} hosts are taken too,
 * unless it names name servers. A name with a port before it, {@code _8443._https.example.com}, is
 * given as the host without, a name server, {@code _dns.example.com}, too; the addresses of
 * designated resolvers (RFC 9462) under the names of these.
 *
 * <p>Of a response that asks for SRV, MX, PTR or ANY also the addresses of servers that its answers
 * name are taken, as if these had been asked for: of targets of SRV and MX records (RFC 2782, RFC
 * 1035) of the name in question, and of those of a service's instances (RFC 6763, section 12.1).
 * What else is additional, such as the addresses of name servers, names nothing.
 */
public final class DnsMessage {
  private static final int HEADER_BYTES = 12;
  private static final int FRAME_PREFIX_BYTES = 2;
  private static final int RESPONSE = 0x8000;
  private static final int TRUNCATED = 0x0200;

  private final NameReader names;
  private final Questions questions;
  private final RecordWalk records;

  private int id;
  private int flags;
  private int questionCount;
  private int answerCount;
  private int authorityCount;
  private int additionalCount;

  private Fault fault = Fault.NONE;

  /** Hosts come from {@code table}, which may serve other readers of the same thread. */
  public DnsMessage(NameTable table) {
    names = new NameReader(table);
    questions = new Questions(names);
    records = new RecordWalk(names, table);
  }

  /**
   * How many bytes the message at {@code offset} of a TCP stream takes with its two bytes of length
   * (RFC 7766, section 8). It is whole when they are at most {@code limit - offset}, and then
   * stands in {@code [offset + 2, offset + framedLength)}; otherwise at least that many bytes are
   * needed.
   */
  public static int framedLength(byte[] stream, int offset, int limit) {
    return limit - offset < FRAME_PREFIX_BYTES
        ? FRAME_PREFIX_BYTES
        : FRAME_PREFIX_BYTES + Bytes.u16(stream, offset);
  }

  /**
   * Reads the message in {@code message[offset, messageLimit)}; false, and everything empty, when
   * not even the header is there.
   */
  public boolean wrap(byte[] message, int offset, int messageLimit) {
    clear();
    if (messageLimit - offset < HEADER_BYTES) {
      return false;
    }
    readHeader(message, offset);
    names.wrap(message, offset, messageLimit);
    fault = questions.read(message, offset + HEADER_BYTES, messageLimit, questionCount);
    if (fault == Fault.NONE && resolves()) {
      readRecords(message, messageLimit);
    }
    return true;
  }

  public int id() {
    return id;
  }

  public boolean isResponse() {
    return (flags & RESPONSE) != 0;
  }

  /** 0 is a standard query. */
  public int opcode() {
    return (flags >>> 11) & 0xf;
  }

  /** The four bits of the header; 0 is no error, 3 says that the name does not exist. */
  public int rcode() {
    return flags & 0xf;
  }

  /**
   * The TC bit: the sender left records out. See {@link #fault()} for what the capture left out.
   */
  public boolean isTruncated() {
    return (flags & TRUNCATED) != 0;
  }

  /** As the header says, which may be more than there are. So are the other counts. */
  public int questionCount() {
    return questionCount;
  }

  public int answerCount() {
    return answerCount;
  }

  public int authorityCount() {
    return authorityCount;
  }

  public int additionalCount() {
    return additionalCount;
  }

  /**
   * The name of the first question as a host; null when there is no question, or its name is no
   * host.
   */
  public @Nullable String questionName() {
    return questions.isEmpty() ? null : questions.name(0);
  }

  /** QTYPE of the first question, 0 when there is none. */
  public int questionType() {
    return questions.type();
  }

  /**
   * QCLASS of the first question without multicast DNS's top bit (RFC 6762, section 5.4), 0 when
   * there is none.
   */
  public int questionClass() {
    return questions.recordClass();
  }

  /**
   * A hash of the first question's name, type and class, equal in a query and its response even
   * when one of them changed the case of letters; 0 when there is no whole question.
   */
  public long questionHash() {
    return questions.hash();
  }

  /** What kept the message from being read whole, {@code NONE} when nothing did. */
  public Fault fault() {
    return fault;
  }

  /**
   * How many addresses the response gives, at most {@value Answers#MAX_ADDRESSES}; the accessors
   * below take an index below it.
   */
  public int addressCount() {
    return records.addresses.count();
  }

  /**
   * The name the client asked for: the question's, or a server's that answers it, or the record's
   * own owner where no question was kept, or what leads on from it is not known. Else an address of
   * a name that no chain of aliases leads to from a question is left out: nobody asked for it.
   */
  public String askedName(int index) {
    return records.addresses.asked[index];
  }

  /**
   * The name that has the address: the owner of the A or AAAA record, the target of an HTTPS or
   * SVCB record.
   */
  public String canonicalName(int index) {
    return records.addresses.canonical[index];
  }

  /** The first 64 bits of the address, 0 for IPv4. */
  public long addressHigh(int index) {
    return records.addresses.high[index];
  }

  /** The last 64 bits of the address, {@code 0000ffff} and the four bytes for IPv4. */
  public long addressLow(int index) {
    return records.addresses.low[index];
  }

  /** Seconds, 0 to 2^31 - 1: the least along the chain of aliases (RFC 2181, section 8). */
  public int ttl(int index) {
    return records.addresses.ttl[index];
  }

  public AnswerKind kind(int index) {
    return records.addresses.kind[index];
  }

  /**
   * Reverse answers: the name a PTR record gives to an address. No proof that the name has the
   * address.
   */
  public NamedAddresses reverseAnswers() {
    return records.reverse;
  }

  /**
   * Devices that a response of multicast DNS or LLMNR names: a host name without {@code .local}, or
   * the name people gave to a service. An unspecified address means the sender's own. Only of a
   * message on port 5353 or 5355; elsewhere a single label may be anything.
   */
  public NamedAddresses devices() {
    return records.devices;
  }

  /**
   * How many public names the ECH configurations of HTTPS and SVCB records give, at most {@value
   * Answers#MAX_PUBLIC_NAMES}; the accessors below take an index below it. See {@link
   * AnswerKind#ECH}.
   */
  public int echCount() {
    return records.publicNames.count();
  }

  /** The name the client asked for, which it will hide behind the public one. */
  public String echAskedName(int index) {
    return records.publicNames.asked[index];
  }

  /** The server name the client will show (RFC 9849, section 4). */
  public String echPublicName(int index) {
    return records.publicNames.canonical[index];
  }

  /** Seconds, as {@link #ttl}. */
  public int echTtl(int index) {
    return records.publicNames.ttl[index];
  }

  private void clear() {
    records.clear();
    id = 0;
    flags = 0;
    questionCount = 0;
    answerCount = 0;
    authorityCount = 0;
    additionalCount = 0;
    questions.clear();
    fault = Fault.NONE;
  }

  private void readHeader(byte[] message, int offset) {
    id = Bytes.u16(message, offset);
    flags = Bytes.u16(message, offset + 2);
    questionCount = Bytes.u16(message, offset + 4);
    answerCount = Bytes.u16(message, offset + 6);
    authorityCount = Bytes.u16(message, offset + 8);
    additionalCount = Bytes.u16(message, offset + 10);
  }

  private boolean resolves() {
    return isResponse()
        && opcode() == 0
        && (questions.askForAddresses()
            || questions.askForNames()
            || questions.serverCount() > 0
            || questions.isEmpty()
            || questions.isLocal());
  }

  private void readRecords(byte[] message, int limit) {
    records.wrap(message, limit, questions);
    records.take(answerCount);
    records.endAnswers();
    if (additionalCount > 0 && additionalMatters()) {
      records.skip(authorityCount);
      records.take(additionalCount);
    }
    records.tie(questions);
    fault = records.fault();
  }

  private boolean additionalMatters() {
    return questions.askForService()
        || questions.isEmpty()
        || questions.isLocal()
        || !records.aliases.isEmpty()
        || !records.servers.isEmpty();
  }
}
