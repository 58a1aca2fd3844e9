package imon.quic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Pieces;
import imon.fuzz.Pieces.Piece;
import imon.fuzz.Seeds;
import imon.fuzz.Slices;
import imon.name.NameTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.params.provider.MethodSource;

/** The datagrams of a flow as they are on the wire: long headers, and clear Google QUIC. */
class QuicDatagramFuzz {
  /** What a flow may hold, as its documentation has it. */
  private static final int MOST_HELD = 80 << 10;

  private final QuicInitial reader = new QuicInitial(new NameTable());

  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (List<byte[]> flow : Seeds.datagramFlows()) {
      byte[] first = flow.get(0);
      if (QuicInitial.looksLikeInitial(first, 0, first.length)) {
        seeds.add(Pieces.input(flow));
      }
    }
    return seeds;
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void datagramsAreReadWithinTheirBytes(byte[] input) {
    Slices.readAnywhere(input, (buffer, offset, limit) -> read(input, buffer, offset));
  }

  /** Odd marks are datagrams that were cut. */
  private String read(byte[] input, byte[] buffer, int offset) {
    StringJoiner said = new StringJoiner(" ");
    QuicFlow flow = new QuicFlow();
    int at = offset;
    for (Piece piece : Pieces.of(input, 0)) {
      int start = at + 2;
      at = start + piece.bytes().length;
      said.add(String.valueOf(QuicInitial.looksLikeInitial(buffer, start, at)));
      said.add(reader.read(flow, buffer, start, at, (piece.mark() & 1) == 1).toString());
      said.add(reader.serverName() + " " + reader.isFromClient() + " " + flow.isSpent());
      assertTrue(flow.heldBytes() <= MOST_HELD, "bytes held");
    }
    return said.toString();
  }
}
