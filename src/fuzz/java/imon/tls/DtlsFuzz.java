package imon.tls;

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

/** The datagrams of a DTLS flow: hellos and certificates in fragments. */
class DtlsFuzz {
  private final NameTable names = new NameTable();
  private final DtlsHello hello = new DtlsHello(names);
  private final DtlsCertificate certificate = new DtlsCertificate(names);

  /** All flows whose first datagram is one of the readers'. */
  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (List<byte[]> flow : Seeds.datagramFlows()) {
      byte[] first = flow.get(0);
      if (DtlsHello.looksLikeClientHello(first, 0, first.length)
          || DtlsCertificate.looksLikeServerFlight(first, 0, first.length)) {
        seeds.add(Pieces.input(flow));
      }
    }
    return seeds;
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void datagramsAreReadWithinTheirBytes(byte[] input) {
    for (Piece datagram : Pieces.of(input, 0)) {
      Slices.readAnywhere(datagram.bytes(), this::readAlone);
    }
    Slices.readAnywhere(input, (buffer, offset, limit) -> readFlow(input, buffer, offset));
  }

  private String readAlone(byte[] buffer, int offset, int limit) {
    String client = hello.read(buffer, offset, limit) + " " + hello.serverName();
    DtlsCertificate.Flight flight = new DtlsCertificate.Flight();
    return client + " " + certificate.read(flight, buffer, offset, limit);
  }

  /** The flow's datagrams where they stand in a buffer that holds them all. */
  private String readFlow(byte[] input, byte[] buffer, int offset) {
    StringJoiner said = new StringJoiner(" ");
    DtlsFragments fragments = new DtlsFragments();
    DtlsCertificate.Flight flight = new DtlsCertificate.Flight();
    int at = offset;
    for (Piece datagram : Pieces.of(input, 0)) {
      int start = at + 2;
      at = start + datagram.bytes().length;
      said.add(hello.read(fragments, buffer, start, at) + " " + hello.serverName());
      ServerCertificate.Verdict verdict = certificate.read(flight, buffer, start, at);
      said.add(verdict.toString());
      if (verdict == ServerCertificate.Verdict.NAMED) {
        said.add(certificateNames());
      }
    }
    return said.toString();
  }

  private String certificateNames() {
    StringJoiner said = new StringJoiner(" ");
    for (int i = 0; i < certificate.certificate().nameCount(); i++) {
      said.add(certificate.certificate().name(i));
    }
    return said.toString();
  }
}
