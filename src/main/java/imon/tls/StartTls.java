package imon.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import imon.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ClientHello that follows after other talk in the bytes of one client: the talk must be
 * one of a few known ways to ask for TLS. A ClientHello that starts a segment needs none of this.
 *
 * <p>Nothing is kept between calls except the result of the last one: with more bytes of the
 * stream, call again with all of them.
 */
public final class StartTls {
  /** A client that has not asked for TLS within so many bytes is {@code NOT_STARTTLS}. */
  public static final int MAX_TALK_BYTES = 4 * 1024;

  /** What the bytes turned out to be. */
  public enum Verdict {
    /** No talk that leads to TLS. More bytes will not change that. */
    NOT_STARTTLS,
    /** So far such talk, which is not over. */
    INCOMPLETE,
    /** TLS was asked for, and what is there ends with that: a ClientHello comes next. */
    ASKED,
    /** A ClientHello starts at {@link #helloOffset()}. */
    HELLO
  }

  /** Whose talk it is. */
  public enum Protocol {
    SMTP,
    IMAP,
    POP3,
    FTP,
    /** Another one of lines that says STARTTLS: NNTP, ManageSieve, IRC. */
    LINES,
    LDAP,
    XMPP,
    POSTGRESQL,
    MYSQL,
    RDP,
    /** Microsoft SQL Server, whose packets go on around the handshake's records. */
    TDS
  }

  /** The talk goes on after the bytes that are there. */
  static final int MORE = -1;

  /** Not this talk. */
  static final int NONE = -2;

  /** RFC 4511, section 4.14.1. */
  private static final byte[] LDAP_START_TLS = "1.3.6.1.4.1.1466.20037".getBytes(US_ASCII);

  private static final int LDAP_EXTENDED_REQUEST = 0x77;

  /** Two lengths of at most five bytes, a tag each, and the name. */
  private static final int LDAP_NAME_WITHIN = 2 * 6 + LDAP_START_TLS.length;

  private static final byte[] XML = "<?xml".getBytes(US_ASCII);
  private static final byte[] STREAM = "<stream:stream".getBytes(US_ASCII);
  private static final byte[] XMPP_START_TLS = "<starttls".getBytes(US_ASCII);
  private static final byte[] XMPP_END_TAG = "</starttls>".getBytes(US_ASCII);

  private static final int POSTGRESQL_BYTES = 8;
  private static final int POSTGRESQL_TLS = 0x04d2162f;
  private static final int POSTGRESQL_GSS = 0x04d21630;

  private static final int MYSQL_BYTES = 36;
  private static final int MYSQL_TLS = 0x0800;
  private static final int MYSQL_FILLER = 13;

  private static final int TDS_HEADER_BYTES = 8;
  private static final int TDS_PRELOGIN = 0x12;

  /** The option that every PRELOGIN message has first. */
  private static final int TDS_VERSION = 0;

  private static final int RDP_BYTES = 11;
  private static final int RDP_NEGOTIATION_BYTES = 8;

  private final CommandLines lines = new CommandLines();
  private @Nullable Protocol protocol;
  private int helloOffset;

  /** Reads what is there of what a client sent, from its first byte on. */
  public Verdict read(byte[] buffer, int offset, int limit) {
    helloOffset = offset;
    int end = afterTalk(buffer, offset, limit);
    Verdict verdict = judge(buffer, offset, limit, end);
    if (verdict == Verdict.HELLO) {
      helloOffset = end;
    } else {
      protocol = null;
    }
    return verdict;
  }

  private static Verdict judge(byte[] buffer, int offset, int limit, int end) {
    if (end == MORE || end >= limit) {
      boolean tooLong = limit - offset >= MAX_TALK_BYTES;
      Verdict soFar = end == limit ? Verdict.ASKED : Verdict.INCOMPLETE;
      return tooLong ? Verdict.NOT_STARTTLS : soFar;
    }
    boolean hello = end != NONE && ClientHello.looksLikeClientHello(buffer, end, limit);
    return hello ? Verdict.HELLO : Verdict.NOT_STARTTLS;
  }

  /** Where the ClientHello starts; only after {@code HELLO}. */
  public int helloOffset() {
    return helloOffset;
  }

  /** Whose talk it was after {@code HELLO}, else null. */
  public @Nullable Protocol protocol() {
    return protocol;
  }

  private int afterTalk(byte[] buffer, int offset, int limit) {
    if (offset >= limit) {
      return MORE;
    }
    return switch (buffer[offset]) {
      case 0x00 -> found(Protocol.POSTGRESQL, afterPostgresql(buffer, offset, limit));
      case 0x20 -> found(Protocol.MYSQL, afterMysql(buffer, offset, limit));
      case 0x03 -> found(Protocol.RDP, afterRdp(buffer, offset, limit));
      case TDS_PRELOGIN -> found(Protocol.TDS, afterTds(buffer, offset, limit));
      case 0x30 -> found(Protocol.LDAP, afterLdap(buffer, offset, limit));
      case '<' -> found(Protocol.XMPP, afterXmpp(buffer, offset, limit));
      default -> afterLines(buffer, offset, limit);
    };
  }

  private int found(Protocol talk, int end) {
    protocol = talk;
    return end;
  }

  private int afterLines(byte[] buffer, int offset, int limit) {
    int end = lines.read(buffer, offset, Math.min(limit, offset + MAX_TALK_BYTES));
    return found(lines.protocol(), end);
  }

  /** SSLRequest, and perhaps a GSSENCRequest that was refused before it. */
  private static int afterPostgresql(byte[] buffer, int offset, int limit) {
    int at = offset;
    while (limit - at >= POSTGRESQL_BYTES && at - offset <= POSTGRESQL_BYTES) {
      int code = Bytes.i32(buffer, at + 4);
      if (Bytes.i32(buffer, at) != POSTGRESQL_BYTES
          || (code != POSTGRESQL_TLS && code != POSTGRESQL_GSS)) {
        return NONE;
      }
      at += POSTGRESQL_BYTES;
      if (code == POSTGRESQL_TLS) {
        return at;
      }
    }
    return limit - at < POSTGRESQL_BYTES ? MORE : NONE;
  }

  /** The first 32 bytes of a handshake response, with zeros where a response has its filler. */
  private static int afterMysql(byte[] buffer, int offset, int limit) {
    if (limit - offset < MYSQL_BYTES) {
      return MORE;
    }
    boolean header = Bytes.i32(buffer, offset) == 0x2000_0001;
    boolean tls = (Bytes.u8(buffer, offset + 5) << 8 & MYSQL_TLS) != 0;
    for (int i = MYSQL_FILLER; i < MYSQL_BYTES - 4; i++) {
      tls &= buffer[offset + i] == 0;
    }
    return header && tls ? offset + MYSQL_BYTES : NONE;
  }

  /** An X.224 connection request in a TPKT that asks for TLS or CredSSP ([MS-RDPBCGR] 2.2.1.1). */
  private static int afterRdp(byte[] buffer, int offset, int limit) {
    if (limit - offset < RDP_BYTES) {
      return MORE;
    }
    int length = Bytes.u16(buffer, offset + 2);
    int negotiation = offset + length - RDP_NEGOTIATION_BYTES;
    if (Bytes.u16(buffer, offset) != 0x0300
        || Bytes.u8(buffer, offset + 4) != length - 5
        || Bytes.u8(buffer, offset + 5) != 0xe0
        || negotiation < offset + RDP_BYTES) {
      return NONE;
    }
    if (offset + length > limit) {
      return MORE;
    }
    boolean tls =
        buffer[negotiation] == 1
            && buffer[negotiation + 2] == RDP_NEGOTIATION_BYTES
            && buffer[negotiation + 4] != 0;
    return tls ? offset + length : NONE;
  }

  /**
   * PRELOGIN, if it is there, and the header of the packet around the ClientHello, which has the
   * same type ([MS-TDS] 2.2.6.5). A hello in several packets is not found whole: these hold 4,096
   * bytes unless a login has said otherwise.
   *
   * <pre>
   *  | type = 18 | status | length (2), with this header | SPID (2) | packet | window = 0 |
   * </pre>
   */
  private static int afterTds(byte[] buffer, int offset, int limit) {
    int at = offset;
    while (isTdsPacket(buffer, at, limit) && buffer[at + TDS_HEADER_BYTES] == TDS_VERSION) {
      at += Bytes.u16(buffer, at + 2);
    }
    if (limit - at <= TDS_HEADER_BYTES) {
      return limit - at == TDS_HEADER_BYTES || at == limit ? limit : MORE;
    }
    return isTdsPacket(buffer, at, limit) ? at + TDS_HEADER_BYTES : NONE;
  }

  /** With a byte behind its header. */
  private static boolean isTdsPacket(byte[] buffer, int at, int limit) {
    return limit - at > TDS_HEADER_BYTES
        && buffer[at] == TDS_PRELOGIN
        && Bytes.u16(buffer, at + 2) > TDS_HEADER_BYTES
        && buffer[at + TDS_HEADER_BYTES - 1] == 0;
  }

  /** One message: { messageID, [APPLICATION 23] { [0] name } }. */
  private static int afterLdap(byte[] buffer, int offset, int limit) {
    int id = offset + 2;
    if (limit - offset >= 2 && buffer[offset + 1] < 0) {
      id += buffer[offset + 1] & 0x7f;
    }
    int operation = id + 2 < limit ? id + 2 + Bytes.u8(buffer, id + 1) : limit;
    if ((id < limit && buffer[id] != DerElement.INTEGER)
        || (operation < limit && buffer[operation] != LDAP_EXTENDED_REQUEST)) {
      return NONE;
    }
    int furthest = operation + LDAP_NAME_WITHIN;
    int name = indexOf(buffer, LDAP_START_TLS, offset, Math.min(limit, furthest));
    if (name < 0) {
      return limit < furthest ? MORE : NONE;
    }
    return name + LDAP_START_TLS.length;
  }

  private static int afterXmpp(byte[] buffer, int offset, int limit) {
    if (!startsWith(buffer, XML, offset, limit)
        && !startsWith(buffer, STREAM, offset, limit)
        && !startsWith(buffer, XMPP_START_TLS, offset, limit)) {
      return NONE;
    }
    int end = Math.min(limit, offset + MAX_TALK_BYTES);
    int element = indexOf(buffer, XMPP_START_TLS, offset, end);
    int at = element < 0 ? end : element;
    while (at < end && buffer[at] != '>') {
      at++;
    }
    if (at == end) {
      return MORE;
    }
    boolean isEmptyElement = buffer[at - 1] == '/';
    at++;
    boolean hasEndTag = at < limit ? buffer[at] == '<' : !isEmptyElement;
    return hasEndTag ? at + XMPP_END_TAG.length : at;
  }

  /** Whether the bytes start with the wanted ones, as far as they are there. */
  private static boolean startsWith(byte[] buffer, byte[] wanted, int offset, int limit) {
    for (int i = 0; i < wanted.length && offset + i < limit; i++) {
      if (buffer[offset + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static int indexOf(byte[] buffer, byte[] wanted, int offset, int limit) {
    for (int at = offset; at <= limit - wanted.length; at++) {
      if (startsWith(buffer, wanted, at, limit)) {
        return at;
      }
    }
    return -1;
  }
}
