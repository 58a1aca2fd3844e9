package imon.http;

import imon.name.NameTable;
import imon.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a client asks of a SOCKS proxy: versions 4 and 4a, and 5 (RFC 1928) with no
 * authentication, that by user name (RFC 1929), or GSSAPI (RFC 1961).
 *
 * <pre>
 *  4   | 04 | command | port(2) | address(4) | user 00 | 4a, address 0.0.0.x: host 00
 *  5   | 05 | count | methods | perhaps 01, user, password | 05 | command | 00 | type | address | port(2)
 *  GSSAPI, in place of user and password: | 01 | type | length(2) | token ...
 * </pre>
 *
 * <p>Of version 4 only CONNECT is read: as a start, the other command is more often chance. A
 * version 5 request for a domain is also read without the greeting before it, when the bytes start
 * with the segment that holds it. A request that GSSAPI wraps, be it for secrecy or integrity, is
 * {@code NAMELESS}. Nothing is kept between calls except the result of the last one: with more
 * bytes of the client's direction, call again with all of them.
 */
public final class SocksRequest {
  /** What the bytes turned out to be. */
  public enum Verdict {
    /** No client of SOCKS. More bytes will not change that. */
    NOT_SOCKS,
    /** So far such a client, and its request is not whole yet. */
    INCOMPLETE,
    /** The request is whole and asks for a host. */
    NAMED,
    /** The request is whole and asks for an address, or for a name that is no host. */
    NAMELESS
  }

  private static final int VERSION_4 = 4;
  private static final int VERSION_5 = 5;
  private static final int USER_NAME = 1;
  private static final int GSSAPI = 1;
  private static final int CONNECT = 1;
  private static final int ASSOCIATE = 3;
  private static final int IPV4 = 1;
  private static final int DOMAIN = 3;
  private static final int IPV6 = 4;
  private static final int REQUEST_BYTES = 4;
  private static final int ADDRESS_4_BYTES = 8;
  private static final int MAX_TEXT = 255;

  /** Stand for a position that is not known. */
  private static final int CUT = -1;

  private static final int WRONG = -2;

  private final NameTable names;
  private @Nullable String host;
  private int end;

  /** Hosts come from {@code table}, which may serve other readers of the same thread. */
  public SocksRequest(NameTable table) {
    names = table;
  }

  /** Reads what is there of what a client sent, from its first byte on. */
  public Verdict read(byte[] buffer, int offset, int limit) {
    host = null;
    end = offset;
    if (offset >= limit) {
      return Verdict.INCOMPLETE;
    }
    return switch (buffer[offset]) {
      case VERSION_4 -> readVersion4(buffer, offset, limit);
      case VERSION_5 -> readVersion5(buffer, offset, limit);
      default -> Verdict.NOT_SOCKS;
    };
  }

  /** The host asked for when the verdict is {@code NAMED}, else null. */
  public @Nullable String host() {
    return host;
  }

  /**
   * Where what follows the request starts, the first bytes of the tunnel; only after {@code NAMED}
   * and {@code NAMELESS}.
   */
  public int end() {
    return end;
  }

  private Verdict readVersion4(byte[] buffer, int offset, int limit) {
    if (limit - offset >= 2 && buffer[offset + 1] != CONNECT) {
      return Verdict.NOT_SOCKS;
    }
    if (limit - offset < ADDRESS_4_BYTES) {
      return Verdict.INCOMPLETE;
    }
    if (Bytes.u16(buffer, offset + 2) == 0) {
      return Verdict.NOT_SOCKS;
    }
    int address = Bytes.i32(buffer, offset + 4);
    boolean named = address > 0 && address <= MAX_TEXT;
    if (!named && !isUnicast(buffer[offset + 4])) {
      return Verdict.NOT_SOCKS;
    }
    int user = textEnd(buffer, offset + ADDRESS_4_BYTES, limit);
    if (user < 0 || !named) {
      return user < 0 ? failed(user) : decide(null, user + 1);
    }
    int name = textEnd(buffer, user + 1, limit);
    return name < 0 ? failed(name) : decide(names.host(buffer, user + 1, name), name + 1);
  }

  private Verdict readVersion5(byte[] buffer, int offset, int limit) {
    int request = afterGreeting(buffer, offset, limit);
    if (request >= 0 && GssapiMessages.isWrapped(buffer, request, limit)) {
      return decide(null, limit);
    }
    Verdict verdict = request < 0 ? failed(request) : readRequest(buffer, request, limit);
    if (verdict == Verdict.NOT_SOCKS && limit - offset >= REQUEST_BYTES) {
      return buffer[offset + 3] == DOMAIN ? readRequest(buffer, offset, limit) : verdict;
    }
    return verdict;
  }

  /** Where the request starts, after the methods and perhaps a user name and password. */
  private static int afterGreeting(byte[] buffer, int offset, int limit) {
    if (limit - offset < 2) {
      return CUT;
    }
    int count = Bytes.u8(buffer, offset + 1);
    int at = offset + 2 + count;
    if (count == 0) {
      return WRONG;
    }
    if (at >= limit || buffer[at] != USER_NAME) {
      return at >= limit ? CUT : at;
    }
    if (offers(GSSAPI, buffer, offset + 2, at) && GssapiMessages.begin(buffer, at, limit)) {
      int after = GssapiMessages.end(buffer, at, limit);
      return after >= limit ? CUT : after;
    }
    int password = at + 1 < limit ? at + 2 + Bytes.u8(buffer, at + 1) : limit;
    int request = password < limit ? password + 1 + Bytes.u8(buffer, password) : limit;
    return request >= limit ? CUT : request;
  }

  private static boolean offers(int method, byte[] buffer, int methods, int end) {
    for (int at = methods; at < end; at++) {
      if (buffer[at] == method) {
        return true;
      }
    }
    return false;
  }

  private Verdict readRequest(byte[] buffer, int at, int limit) {
    if (buffer[at] != VERSION_5
        || (limit - at >= 2 && !isCommand(buffer[at + 1]))
        || (limit - at >= 3 && buffer[at + 2] != 0)) {
      return Verdict.NOT_SOCKS;
    }
    if (limit - at <= REQUEST_BYTES) {
      return Verdict.INCOMPLETE;
    }
    int address = at + REQUEST_BYTES;
    return switch (buffer[at + 3]) {
      case IPV4 -> readAddress(address + 4, limit);
      case IPV6 -> readAddress(address + 16, limit);
      case DOMAIN -> readDomain(buffer, address, limit);
      default -> Verdict.NOT_SOCKS;
    };
  }

  private Verdict readAddress(int port, int limit) {
    return port + 2 > limit ? Verdict.INCOMPLETE : decide(null, port + 2);
  }

  private Verdict readDomain(byte[] buffer, int at, int limit) {
    int name = at + 1;
    int port = name + Bytes.u8(buffer, at);
    if (port == name) {
      return Verdict.NOT_SOCKS;
    }
    if (port + 2 > limit) {
      return Verdict.INCOMPLETE;
    }
    return decide(names.host(buffer, name, port), port + 2);
  }

  private Verdict decide(@Nullable String name, int after) {
    host = name;
    end = after;
    return name == null ? Verdict.NAMELESS : Verdict.NAMED;
  }

  private static Verdict failed(int why) {
    return why == CUT ? Verdict.INCOMPLETE : Verdict.NOT_SOCKS;
  }

  /** The position of the zero byte that ends a text. */
  private static int textEnd(byte[] buffer, int start, int limit) {
    int last = Math.min(limit, start + MAX_TEXT + 1);
    for (int at = start; at < last; at++) {
      if (buffer[at] == 0) {
        return at;
      }
      if (buffer[at] < ' ' || buffer[at] == 0x7f) {
        return WRONG;
      }
    }
    return last < limit ? WRONG : CUT;
  }

  /** Whether an IPv4 address that starts so can be a server's: others mean another protocol. */
  private static boolean isUnicast(byte first) {
    return first != 0 && (first & 0xff) < 224;
  }

  private static boolean isCommand(byte value) {
    return value >= CONNECT && value <= ASSOCIATE;
  }
}
