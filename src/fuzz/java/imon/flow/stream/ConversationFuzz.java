package imon.flow.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Pieces;
import imon.fuzz.Pieces.Piece;
import imon.fuzz.Slices;
import imon.http.HttpRequest;
import imon.name.NameTable;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Segments of an HTTP connection in any order. The lowest bit of a mark says which side sent it,
 * the others how far it stands from where that side had got to: again, in turn, or too early.
 */
class ConversationFuzz {
  private static final int IN_TURN = 8;
  private static final int DISTANCE = 24;

  private final HttpRequest reader = new HttpRequest(new NameTable());

  static List<byte[]> seeds() {
    String get = "GET http://%s.example/ HTTP/1.1\r\n\r\n";
    String ok = "HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n" + "b".repeat(24);
    return List.of(
        input(get.formatted("a"), ok, get.formatted("b"), ok),
        input(get.formatted("a") + get.formatted("b"), ok, get.formatted("c"), ok + ok),
        input("CONNECT d.example:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "x"));
  }

  private static byte[] input(String... turns) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    for (int i = 0; i < turns.length; i++) {
      Pieces.append(input, 2 * IN_TURN + (i & 1), turns[i].getBytes(ISO_8859_1));
    }
    return input.toByteArray();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void segmentsAreReadWithinTheirBytes(byte[] input) {
    Slices.readAnywhere(input, (buffer, offset, limit) -> read(input, buffer, offset));
  }

  private String read(byte[] input, byte[] buffer, int offset) {
    StringJoiner said = new StringJoiner(" ");
    Conversation conversation = new Conversation(reader, Run.first(0), 0, 0);
    int[] next = new int[2];
    int at = offset;
    int number = 0;
    for (Piece segment : Pieces.of(input, 0)) {
      int start = at + 2;
      at = start + segment.bytes().length;
      int side = segment.mark() & 1;
      int sequence = next[side] + DISTANCE * ((segment.mark() >> 1) - IN_TURN);
      number++;
      Run run = conversation.read(side == 0, sequence, buffer, start, at, number, number, number);
      next[side] = Math.max(next[side], sequence + segment.bytes().length);
      said.add(run.host() + " " + run.firstRequest() + " " + conversation.state());
    }
    return said.toString();
  }
}
