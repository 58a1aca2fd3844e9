package imon.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Pieces;
import imon.fuzz.Pieces.Piece;
import imon.name.NameTable;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Both directions of an HTTP/1 connection; pieces with odd marks are the server's. */
class HttpMessagesFuzz {
  private static final int FROM_SERVER = 1;

  /** Pieces with this bit were not captured. */
  private static final int MISSING = 2;

  private final HttpRequest reader = new HttpRequest(new NameTable());

  static List<byte[]> seeds() {
    String get = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";
    String post = "POST / HTTP/1.1\r\nHost: b.example\r\nTransfer-Encoding: chunked\r\n\r\n";
    String chunks = "5;x=y\r\nhello\r\n0\r\nA: b\r\n\r\n";
    String ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    String interim = "HTTP/1.1 100 Continue\r\n\r\n";
    String none = "HTTP/1.1 304 Not Modified\r\n\r\n";
    String head = "HEAD http://c.example/ HTTP/1.0\r\n\r\n";
    return List.of(
        input(get, ok, post + chunks, interim + ok, head, ok.substring(0, ok.length() - 5)),
        input(get + get + get, ok + none + ok),
        input("CONNECT d.example:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", get),
        input(get, "HTTP/1.1 101 Switching Protocols\r\n\r\n", post));
  }

  /** The client's and the server's turns. */
  private static byte[] input(String... turns) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    for (int i = 0; i < turns.length; i++) {
      Pieces.append(input, i & FROM_SERVER, turns[i].getBytes(ISO_8859_1));
    }
    return input.toByteArray();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void bytesOneByOneTellTheSameAsTogether(byte[] input) {
    List<Piece> pieces = Pieces.of(input, 0);
    String together = read(pieces, Pieces.LONGEST);
    String oneByOne = read(pieces, 1);
    boolean startedOnly = together.equals(withoutLastStart(oneByOne));
    assertEquals(together, startedOnly ? together : oneByOne);
  }

  private String read(List<Piece> pieces, int step) {
    MessageLog log = new MessageLog();
    HttpMessages messages = new HttpMessages(reader);
    for (Piece piece : pieces) {
      boolean client = (piece.mark() & FROM_SERVER) == 0;
      if ((piece.mark() & MISSING) == 0) {
        feed(messages, client, piece.bytes(), step, log);
      } else if (!messages.missing(client, piece.bytes().length)) {
        break;
      }
    }
    return (messages.isEnded() ? "" : messages.isInHeader() + " ") + log;
  }

  /**
   * A response is told with its first byte: where that is all that is right of it, who sees more at
   * once is not told of it.
   */
  private static String withoutLastStart(String log) {
    return log.replaceFirst("(^| )<\\d+@\\d+ LOST$", "$1LOST");
  }

  private static void feed(
      HttpMessages messages, boolean client, byte[] bytes, int step, MessageLog log) {
    for (int at = 0; at < bytes.length; at += step) {
      int to = Math.min(bytes.length, at + step);
      int read =
          client
              ? messages.fromClient(bytes, at, to, log)
              : messages.fromServer(bytes, at, to, log);
      assertTrue(read == to || messages.isEnded(), "not read to the end");
      assertTrue(read >= at && read <= to, "read beyond the bytes");
    }
  }
}
