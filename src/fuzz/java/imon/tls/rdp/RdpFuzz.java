package imon.tls.rdp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Pieces;
import imon.fuzz.Pieces.Piece;
import imon.fuzz.Seeds;
import imon.fuzz.Slices;
import imon.name.NameTable;
import imon.samples.Tape;
import imon.testing.Hex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.params.provider.MethodSource;

/** RDP's transport over UDP, in all its versions. */
class RdpFuzz {
  private final RdpHello hello = new RdpHello(new NameTable());
  private final RdpDatagram datagram = new RdpDatagram();

  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    String data = HexFormat.of().formatHex(Tape.hello("www.example.com"));
    seeds.add(
        Pieces.input(List.of(Hex.bytes("01020304 0040 000c 0000 0000 00000009 00000004" + data))));
    byte[] version3 = Hex.bytes("e0 04 c0 0700 00 0000 0100" + data);
    byte first = version3[0];
    version3[0] = version3[7];
    version3[7] = first;
    seeds.add(Pieces.input(List.of(version3)));
    for (List<byte[]> flow : Seeds.datagramFlows()) {
      if (RdpDatagram.isSyn(flow.get(0), 0, flow.get(0).length)) {
        seeds.add(Pieces.input(flow));
      }
    }
    return seeds;
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void datagramsAreReadWithinTheirBytes(byte[] input) {
    for (Piece piece : Pieces.of(input, 0)) {
      Slices.readAnywhere(piece.bytes(), this::readAlone);
    }
    Slices.readAnywhere(input, (buffer, offset, limit) -> readFlow(input, buffer, offset));
  }

  private String readAlone(byte[] buffer, int offset, int limit) {
    StringJoiner said = new StringJoiner(" ");
    said.add(String.valueOf(RdpDatagram.isSyn(buffer, offset, limit)));
    if (datagram.wrap(buffer, offset, limit)) {
      said.add(datagram.sequence() + " " + HexFormat.of().formatHex(datagram.copy()));
    }
    if (datagram.wrapVersion3(buffer, offset, limit)) {
      said.add(datagram.sequence() + " " + HexFormat.of().formatHex(datagram.copy()));
    }
    return said.toString();
  }

  private String readFlow(byte[] input, byte[] buffer, int offset) {
    StringJoiner said = new StringJoiner(" ");
    RdpFlow flow = new RdpFlow(true);
    int at = offset;
    for (Piece piece : Pieces.of(input, 0)) {
      int start = at + 2;
      at = start + piece.bytes().length;
      said.add(hello.read(flow, buffer, start, at) + " " + hello.serverName());
    }
    return said.toString();
  }
}
