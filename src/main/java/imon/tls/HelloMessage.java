package imon.tls;

import imon.name.NameTable;
import imon.tls.ClientHello.Verdict;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The handshake message inside the records: type, length, and the body as far as it is there (RFC
 * 8446, section 4.1.2; the same layout since SSL 3). DTLS puts a cookie after the session id (RFC
 * 6347, section 4.3.2).
 *
 * <pre>
 *  | type(1) = 1 | length(3) | version(2) | random(32) | session id<0..32> | DTLS: cookie<0..255>
 *  | cipher suites<2..2^16-2> | compression methods<1..2^8-1> | extensions<0..2^16-1>
 * </pre>
 */
final class HelloMessage {
  static final int HEADER_BYTES = 4;
  static final int CLIENT_HELLO = 1;

  private static final int VERSION_AND_RANDOM_BYTES = 34;
  private static final int MAX_SESSION_ID = 32;
  private static final int EXTENSION_HEADER_BYTES = 4;
  private static final int SERVER_NAME = 0;
  private static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;
  private static final int HOST_NAME = 0;
  private static final int NAME_HEADER_BYTES = 3;
  private static final int CUT_OR_BROKEN = -1;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private final NameTable names;
  private final boolean datagrams;

  private byte[] buffer = new byte[0];

  /** Where the bytes end that are there. */
  private int limit;

  /** Where the message ends by its own length: before, at, or after {@link #limit}. */
  private int messageEnd;

  private Verdict fault = Verdict.INCOMPLETE;
  private boolean sawServerName;
  private @Nullable String serverName;
  private boolean encryptedClientHello;
  private boolean whole;

  /**
   * @param datagrams whether messages are those of DTLS, with the four bytes of header TLS has
   */
  HelloMessage(NameTable names, boolean datagrams) {
    this.names = names;
    this.datagrams = datagrams;
  }

  void clear() {
    serverName = null;
    sawServerName = false;
    encryptedClientHello = false;
    whole = false;
  }

  @Nullable String serverName() {
    return serverName;
  }

  boolean hasEncryptedClientHello() {
    return encryptedClientHello;
  }

  boolean isWhole() {
    return whole;
  }

  /** The message's bytes with its header as that says, at least four of which must be there. */
  static int announcedBytes(byte[] message, int offset) {
    return HEADER_BYTES
        + (((message[offset + 1] & 0xff) << 16)
            | ((message[offset + 2] & 0xff) << 8)
            | (message[offset + 3] & 0xff));
  }

  Verdict read(byte[] message, int offset, int available) {
    clear();
    if (available > offset && message[offset] != CLIENT_HELLO) {
      return Verdict.NOT_TLS;
    }
    if (available - offset < HEADER_BYTES) {
      return Verdict.INCOMPLETE;
    }
    int announced = announcedBytes(message, offset);
    if (announced > HEADER_BYTES + ClientHello.MAX_MESSAGE_BYTES) {
      return Verdict.MALFORMED;
    }
    buffer = message;
    messageEnd = offset + announced;
    limit = Math.min(available, messageEnd);
    whole = available >= messageEnd;
    Verdict undecided = readBody(offset + HEADER_BYTES);
    return serverName != null ? Verdict.NAMED : undecided;
  }

  private Verdict readBody(int body) {
    if (has(body, 1) && !isMajorVersion(buffer[body])) {
      return Verdict.MALFORMED;
    }
    int at = afterSessionId(body + VERSION_AND_RANDOM_BYTES);
    at = at < 0 || !datagrams ? at : afterVector(at, 1);
    at = at < 0 ? at : afterVector(at, 2);
    at = at < 0 ? at : afterVector(at, 1);
    if (at < 0) {
      return fault;
    }
    return at == messageEnd ? Verdict.NAMELESS : readExtensions(at);
  }

  /** Of DTLS, 1 is what was sent before there was a standard. */
  private boolean isMajorVersion(byte major) {
    return datagrams ? major == (byte) 0xfe || major == 1 : major == 3;
  }

  private int afterSessionId(int at) {
    if (has(at, 1) && (buffer[at] & 0xff) > MAX_SESSION_ID) {
      fault = Verdict.MALFORMED;
      return CUT_OR_BROKEN;
    }
    return afterVector(at, 1);
  }

  /** The position after a vector with a length of {@code width} bytes, if all of it is there. */
  private int afterVector(int at, int width) {
    if (!has(at, width)) {
      return CUT_OR_BROKEN;
    }
    int length = width == 1 ? buffer[at] & 0xff : unsignedShort(at);
    return has(at + width, length) ? at + width + length : CUT_OR_BROKEN;
  }

  private Verdict readExtensions(int at) {
    if (!has(at, 2)) {
      return fault;
    }
    int next = at + 2;
    int end = next + unsignedShort(at);
    if (end > messageEnd) {
      return Verdict.MALFORMED;
    }
    while (next < end) {
      if (next + EXTENSION_HEADER_BYTES > end) {
        return Verdict.MALFORMED;
      }
      if (!has(next, EXTENSION_HEADER_BYTES)) {
        return fault;
      }
      int body = next + EXTENSION_HEADER_BYTES;
      int bodyEnd = body + unsignedShort(next + 2);
      if (bodyEnd > end) {
        return Verdict.MALFORMED;
      }
      if (!readExtension(unsignedShort(next), body, bodyEnd)) {
        return fault;
      }
      next = bodyEnd;
    }
    return Verdict.NAMELESS;
  }

  /** False when nothing after this extension is to be read. */
  private boolean readExtension(int type, int body, int bodyEnd) {
    if (type == ENCRYPTED_CLIENT_HELLO) {
      encryptedClientHello = true;
    }
    if (type != SERVER_NAME || sawServerName) {
      return true;
    }
    sawServerName = true;
    return has(body, bodyEnd - body) && readServerNames(body, bodyEnd);
  }

  /**
   * RFC 6066, section 3: the first entry that is a host name counts. An empty extension is the
   * server's form and names nothing.
   */
  private boolean readServerNames(int body, int bodyEnd) {
    if (body == bodyEnd) {
      return true;
    }
    int at = body + 2;
    if (at > bodyEnd || at + unsignedShort(body) > bodyEnd) {
      return malformed();
    }
    int end = at + unsignedShort(body);
    while (at < end) {
      int name = at + NAME_HEADER_BYTES;
      if (name > end || name + unsignedShort(at + 1) > end) {
        return malformed();
      }
      int nameEnd = name + unsignedShort(at + 1);
      if (buffer[at] == HOST_NAME) {
        serverName = names.host(buffer, name, nameEnd);
        return true;
      }
      at = nameEnd;
    }
    return true;
  }

  private boolean malformed() {
    fault = Verdict.MALFORMED;
    return false;
  }

  /**
   * Whether the bytes are there; if not, {@link #fault} says whether the message ends before them
   * or only the capture does.
   */
  private boolean has(int at, int count) {
    if (at + count <= limit) {
      return true;
    }
    fault = at + count > messageEnd ? Verdict.MALFORMED : Verdict.INCOMPLETE;
    return false;
  }

  private int unsignedShort(int at) {
    return (short) SHORT.get(buffer, at) & 0xffff;
  }
}
