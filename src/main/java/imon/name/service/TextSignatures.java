package imon.name.service;

import org.jspecify.annotations.Nullable;

/**
 * Protocols of lines of text: what the first line begins with, and for the greetings that several
 * protocols share, a word that must follow in it.
 */
final class TextSignatures {
  private static final int LONGEST_LINE = 512;

  private static final Prefix[] STREAM = {
    Prefix.of(Service.SSH, "SSH-2.0-"), // RFC 4253, section 4.2
    Prefix.of(Service.SSH, "SSH-1.99-"), // RFC 4253, section 5.1
    Prefix.of(Service.SSH, "SSH-1.5-"), // the version before
    Prefix.of(Service.VNC, "RFB 003."), // RFC 6143, section 7.1.1
    Prefix.of(Service.POP3, "+OK POP3"), // RFC 1939, section 4, in the words of most servers
    Prefix.of(Service.POP3, "+OK Dovecot"), // the most used server
    Prefix.of(Service.IMAP, "* OK [CAPABILITY IMAP4"), // RFC 3501, section 7.1
    Prefix.of(Service.IMAP, "* OK IMAP4"), // RFC 3501, section 7.1.1
    Prefix.of(Service.IMAP, "* PREAUTH "), // RFC 3501, section 7.1.4
    Prefix.of(Service.SMTP, "EHLO "), // RFC 5321, section 4.1.1.1
    Prefix.of(Service.SMTP, "HELO "), // RFC 5321, section 4.1.1.1
    Prefix.of(Service.RTSP, "RTSP/1.0 "), // RFC 2326, section 7.1
    Prefix.of(Service.RTSP, "RTSP/2.0 "), // RFC 7826
    Prefix.of(Service.SIP, "SIP/2.0 "), // RFC 3261, section 7.2
    Prefix.of(Service.HTTP, "HTTP/1.1 "), // RFC 9112, section 4
    Prefix.of(Service.HTTP, "HTTP/1.0 "), // RFC 1945, section 6.1
    Prefix.of(Service.HTTP, "PRI * HTTP/2.0\r\n"), // RFC 9113, section 3.4
    Prefix.of(Service.MEMCACHED, "STAT pid "), // memcached's protocol.txt
    Prefix.of(Service.REDIS, "+PONG\r\n"), // RESP
    Prefix.of(Service.REDIS, "-NOAUTH "), // RESP
  };

  private static final Prefix[] DATAGRAM = {
    Prefix.of(Service.SSDP, "M-SEARCH * HTTP/1.1\r\n"), // UPnP Device Architecture 1.1, 1.3.2
    Prefix.of(Service.SSDP, "NOTIFY * HTTP/1.1\r\n"), // the same, 1.2.2
    Prefix.of(Service.SIP, "SIP/2.0 "), // RFC 3261, section 7.2
  };

  /** An answer to M-SEARCH, which is an HTTP response with a search target (UPnP, 1.3.3). */
  private static final byte[] HTTP_OK = Prefix.bytes("HTTP/1.1 200 OK\r\n");

  private static final byte[] READY = Prefix.bytes("220");
  private static final byte[][] SMTP_WORDS = {
    Prefix.bytes("SMTP"), Prefix.bytes("smtp"), Prefix.bytes("Postfix"), Prefix.bytes("Exim")
  };
  private static final byte[][] FTP_WORDS = {Prefix.bytes("FTP"), Prefix.bytes("ftp")};
  private static final byte[][] POP3_WORDS = {Prefix.bytes("POP3"), Prefix.bytes("POP server")};
  private static final byte[][] IMAP_WORDS = {Prefix.bytes("IMAP"), Prefix.bytes("Dovecot")};
  private static final byte[] POP3_OK = Prefix.bytes("+OK ");
  private static final byte[] IMAP_OK = Prefix.bytes("* OK ");
  private static final byte[][] HTTP_VERSION = {Prefix.bytes(" HTTP/1.")};
  private static final byte[][] SIP_VERSION = {Prefix.bytes(" SIP/2.0\r")};
  private static final byte[][] RTSP_VERSION = {
    Prefix.bytes(" RTSP/1.0\r"), Prefix.bytes(" RTSP/2.0\r")
  };
  private static final byte[][] SEARCH_TARGET = {Prefix.bytes("\r\nST:"), Prefix.bytes("\r\nSt:")};

  private TextSignatures() {}

  static @Nullable Service matchStream(byte[] buffer, int offset, int limit) {
    Service service = prefix(STREAM, buffer, offset, limit);
    if (service == null) {
      service = greeting(buffer, offset, limit);
    }
    if (service == null) {
      service = request(buffer, offset, limit);
    }
    return service == null ? resp(buffer, offset, limit) : service;
  }

  static @Nullable Service matchDatagram(byte[] buffer, int offset, int limit) {
    Service service = prefix(DATAGRAM, buffer, offset, limit);
    if (service != null) {
      return service;
    }
    if (Prefix.isAt(HTTP_OK, buffer, offset, limit)) {
      return holds(SEARCH_TARGET, buffer, offset, limit) ? Service.SSDP : null;
    }
    service = request(buffer, offset, limit);
    return service == Service.SIP ? service : null;
  }

  private static @Nullable Service prefix(
      Prefix[] signatures, byte[] buffer, int offset, int limit) {
    for (Prefix signature : signatures) {
      if (signature.matches(buffer, offset, limit)) {
        return signature.service();
      }
    }
    return null;
  }

  /** 220 opens both SMTP (RFC 5321, section 4.3.1) and FTP (RFC 959, section 5.4). */
  private static @Nullable Service greeting(byte[] buffer, int offset, int limit) {
    if (Prefix.isAt(READY, buffer, offset, limit)) {
      int end = lineEnd(buffer, offset, limit);
      if (holds(SMTP_WORDS, buffer, offset, end)) {
        return Service.SMTP;
      }
      return holds(FTP_WORDS, buffer, offset, end) ? Service.FTP : null;
    }
    if (Prefix.isAt(POP3_OK, buffer, offset, limit)) {
      int end = lineEnd(buffer, offset, limit);
      return holds(POP3_WORDS, buffer, offset, end) ? Service.POP3 : null;
    }
    boolean imap = Prefix.isAt(IMAP_OK, buffer, offset, limit);
    return imap && holds(IMAP_WORDS, buffer, offset, lineEnd(buffer, offset, limit))
        ? Service.IMAP
        : null;
  }

  /** A request line of a method in capitals, a target, and the version at the end of the line. */
  private static @Nullable Service request(byte[] buffer, int offset, int limit) {
    int method = offset;
    while (method < limit && method - offset < 18 && isMethod(buffer[method])) {
      method++;
    }
    if (method - offset < 3 || method >= limit || buffer[method] != ' ') {
      return null;
    }
    int end = lineEnd(buffer, offset, limit);
    if (holds(HTTP_VERSION, buffer, method + 1, end)) {
      return Service.HTTP;
    }
    if (holds(SIP_VERSION, buffer, method + 1, end)) {
      return Service.SIP;
    }
    return holds(RTSP_VERSION, buffer, method + 1, end) ? Service.RTSP : null;
  }

  /** A command of RESP: an array of 1 to 9 bulk strings, the first of 1 to 19 letters. */
  private static @Nullable Service resp(byte[] buffer, int offset, int limit) {
    if (limit - offset < 10
        || buffer[offset] != '*'
        || !isDigit(buffer[offset + 1])
        || buffer[offset + 2] != '\r'
        || buffer[offset + 3] != '\n'
        || buffer[offset + 4] != '$') {
      return null;
    }
    int length = isDigit(buffer[offset + 6]) ? 2 : 1;
    int end = offset + 5 + length;
    boolean line = isDigit(buffer[offset + 5]) && buffer[end] == '\r' && buffer[end + 1] == '\n';
    boolean word =
        end + 2 < limit && (buffer[end + 2] | 0x20) >= 'a' && (buffer[end + 2] | 0x20) <= 'z';
    return line && word ? Service.REDIS : null;
  }

  /** The position after the first line, or where that is cut. */
  private static int lineEnd(byte[] buffer, int offset, int limit) {
    int most = Math.min(limit, offset + LONGEST_LINE);
    for (int i = offset; i < most; i++) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return most;
  }

  private static boolean holds(byte[][] words, byte[] buffer, int from, int to) {
    int last = Math.min(to, from + LONGEST_LINE);
    for (int i = from; i < last; i++) {
      for (byte[] word : words) {
        if (buffer[i] == word[0] && Prefix.isAt(word, buffer, i, to)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isMethod(byte value) {
    return (value >= 'A' && value <= 'Z') || value == '-' || value == '_';
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }
}
