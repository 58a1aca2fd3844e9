package imon.quic;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Pieces;
import imon.fuzz.Pieces.Piece;
import imon.name.NameTable;
import imon.testing.Hex;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that a fuzzer cannot reach through the protection: each piece is sealed as a client's. */
class QuicFramesFuzz {
  private static final byte[] ID = Hex.bytes("0102030405060708");
  private static final int MOST_HELD = 80 << 10;
  private static final List<InitialWriter> WRITERS =
      List.of(InitialWriter.version1(ID), InitialWriter.version2(ID));

  private final QuicInitial reader = new QuicInitial(new NameTable());

  static List<byte[]> seeds() {
    byte[] hello = Hellos.tls("www.example.org", 40);
    byte[] first = InitialWriter.crypto(hello, 0, 40);
    byte[] second = InitialWriter.crypto(hello, 40, hello.length);
    byte[] ack = Hex.bytes("02 05 00 01 02 00 00 03 05 00 00 00 01 02 03");
    return List.of(
        Pieces.input(List.of(InitialWriter.join(first, second))),
        Pieces.input(List.of(second, InitialWriter.join(ack, first))),
        Pieces.input(List.of(Hex.bytes("01 00 00 1c 00 00 01 'x' 07 02 'ab'"), first)));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void anyFramesAreReadAndBounded(byte[] input) {
    QuicFlow flow = new QuicFlow();
    int number = 0;
    for (Piece frames : Pieces.of(input, 0)) {
      byte[] packet = WRITERS.get(frames.mark() & 1).packet(number & 0xff, sealable(frames));
      boolean spent = flow.isSpent();
      boolean cut = (frames.mark() & 2) != 0;
      int limit = cut ? packet.length - (frames.mark() >> 2) : packet.length;
      QuicInitial.Verdict verdict = reader.read(flow, packet, 0, limit, cut);
      assertNotEquals(QuicInitial.Verdict.NOT_QUIC, verdict);
      assertTrue(spent || cut || reader.isFromClient(), "a client's packet was not opened");
      assertTrue(flow.heldBytes() <= MOST_HELD, "bytes held");
      number++;
    }
  }

  /** Fewer bytes than these have no sample for the protection of the header. */
  private static byte[] sealable(Piece frames) {
    return Arrays.copyOf(frames.bytes(), Math.max(4, frames.bytes().length));
  }
}
