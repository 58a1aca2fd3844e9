package imon.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import imon.tls.StartTls.Protocol;
import java.util.stream.Stream;

/**
 * The lines of a client of SMTP, IMAP, POP3, FTP and their like, up to the one that asks for TLS
 * (RFC 3207, 2595, 4217, 4642). The first word must be one such a client begins with, so that other
 * text is refused at once.
 */
final class CommandLines {
  private static final int MAX_TAG = 16;

  private static final byte[][] GREETINGS = words("EHLO", "HELO", "LHLO");
  private static final byte[][] BEGINNINGS =
      words("EHLO", "HELO", "LHLO", "CAPA", "FEAT", "SYST", "CAPABILITIES", "CAP", "MODE");
  private static final byte[][] TAGGED = words("CAPABILITY", "ID", "NOOP");
  private static final byte[][] START = words("STARTTLS");
  private static final byte[][] POP3_START = words("STLS");
  private static final byte[][] FTP_START = words("AUTH TLS", "AUTH SSL", "AUTH TLS-C");

  private byte[] buffer = new byte[0];
  private Protocol protocol = Protocol.LINES;
  private boolean greeted;

  /** Whose lines they are, as far as the last {@link #read} knows. */
  Protocol protocol() {
    return protocol;
  }

  /** The position after the line that asks for TLS, or {@code MORE}, or {@code NONE}. */
  int read(byte[] bytes, int offset, int limit) {
    buffer = bytes;
    protocol = Protocol.LINES;
    greeted = false;
    int at = offset;
    while (true) {
      int end = textEnd(at, limit);
      if (end < limit && buffer[end] != '\r' && buffer[end] != '\n') {
        return StartTls.NONE;
      }
      int next = end < limit && buffer[end] == '\r' ? end + 1 : end;
      if (next >= limit) {
        return at > offset || mayBegin(at, end) ? StartTls.MORE : StartTls.NONE;
      }
      if (buffer[next] != '\n' || (at == offset && !begins(at, end))) {
        return StartTls.NONE;
      }
      if (asksForTls(at, end)) {
        return next + 1;
      }
      at = next + 1;
    }
  }

  private int textEnd(int start, int limit) {
    int at = start;
    while (at < limit && buffer[at] >= ' ' && buffer[at] < 0x7f) {
      at++;
    }
    return at;
  }

  private boolean begins(int start, int end) {
    greeted = isWord(GREETINGS, start, end);
    int command = afterTag(start, end);
    return isWord(BEGINNINGS, start, end)
        || isAny(START, start, end)
        || isAny(POP3_START, start, end)
        || isAny(FTP_START, start, end)
        || (command > start && (isWord(TAGGED, command, end) || isAny(START, command, end)));
  }

  /** A cut first line: a word that such a client begins with, or a short one that may be a tag. */
  private boolean mayBegin(int start, int end) {
    int at = start;
    while (at < end && isTagCharacter(buffer[at])) {
      at++;
    }
    boolean mayBeTag = at - start <= MAX_TAG && end - start <= 2 * MAX_TAG;
    return isWord(BEGINNINGS, start, end) || (mayBeTag && (at == end || buffer[at] == ' '));
  }

  private boolean asksForTls(int start, int end) {
    int command = afterTag(start, end);
    if (isAny(START, start, end)) {
      protocol = greeted ? Protocol.SMTP : Protocol.LINES;
    } else if (isAny(POP3_START, start, end)) {
      protocol = Protocol.POP3;
    } else if (isAny(FTP_START, start, end)) {
      protocol = Protocol.FTP;
    } else if (command > start && isAny(START, command, end)) {
      protocol = Protocol.IMAP;
    } else {
      return false;
    }
    return true;
  }

  /** Where the command of an IMAP line starts, or {@code start} when there is no tag. */
  private int afterTag(int start, int end) {
    int at = start;
    while (at < end && at - start < MAX_TAG && isTagCharacter(buffer[at])) {
      at++;
    }
    return at > start && at < end && buffer[at] == ' ' ? at + 1 : start;
  }

  /** Whether the line is one of the texts and nothing else. */
  private boolean isAny(byte[][] texts, int start, int end) {
    for (byte[] text : texts) {
      if (end - start == text.length && isText(text, start)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the line is one of the words, or that and a space and more. */
  private boolean isWord(byte[][] words, int start, int end) {
    for (byte[] word : words) {
      int after = start + word.length;
      if (after <= end && isText(word, start) && (after == end || buffer[after] == ' ')) {
        return true;
      }
    }
    return false;
  }

  private boolean isText(byte[] text, int start) {
    for (int i = 0; i < text.length; i++) {
      int letter = buffer[start + i];
      if ((letter >= 'a' && letter <= 'z' ? letter - 32 : letter) != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTagCharacter(byte value) {
    return (value >= '0' && value <= '9')
        || (value >= 'A' && value <= 'Z')
        || (value >= 'a' && value <= 'z')
        || value == '.';
  }

  private static byte[][] words(String... words) {
    return Stream.of(words).map(word -> word.getBytes(US_ASCII)).toArray(byte[][]::new);
  }
}
