package imon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Pieces;
import imon.fuzz.Seeds;
import imon.fuzz.Slices;
import imon.name.NameTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames and header blocks of clear HTTP/2, always behind a preface. */
class Http2Fuzz {
  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
  private static final int PIECE = 7;

  private final NameTable names = new NameTable();

  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] stream : Seeds.streams()) {
      if (Http2Requests.looksLikePreface(stream, 0, stream.length)) {
        seeds.add(Arrays.copyOfRange(stream, PREFACE.length, stream.length));
      }
    }
    return seeds;
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void piecesTellTheSameAsTheWhole(byte[] input) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(PREFACE);
    stream.write(input, 0, Math.min(input.length, Pieces.LONGEST));
    String whole =
        Slices.readAnywhere(stream.toByteArray(), (b, from, to) -> read(b, from, to, to - from));
    String pieces =
        Slices.readAnywhere(stream.toByteArray(), (b, from, to) -> read(b, from, to, PIECE));
    assertEquals(whole, pieces);
  }

  private String read(byte[] buffer, int offset, int limit, int pieceBytes) {
    StringJoiner said = new StringJoiner(" ");
    Http2Requests requests = new Http2Requests(names);
    for (int at = offset; at < limit; at += pieceBytes) {
      requests.feed(
          buffer,
          at,
          Math.min(limit, at + pieceBytes),
          (number, position, host, addressed, connect) ->
              said.add(number + "@" + position + " " + host + " " + connect));
    }
    return said + " " + requests.isLost();
  }
}
