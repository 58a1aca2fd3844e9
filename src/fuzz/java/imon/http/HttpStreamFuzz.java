package imon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Seeds;
import imon.fuzz.Slices;
import imon.name.NameTable;
import imon.testing.Hex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** The first bytes of a client of HTTP/1, of SOCKS, and of a load balancer. */
class HttpStreamFuzz {
  private final NameTable names = new NameTable();
  private final HttpRequest request = new HttpRequest(names);
  private final SocksRequest socks = new SocksRequest(names);

  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>(Seeds.streams());
    seeds.add(Hex.bytes("05 02 00 02 01 03 'abc' 03 'def' 05 01 00 03 0b 'example.com' 01bb"));
    seeds.add(Hex.bytes("04 01 0050 00000001 'user' 00 'example.com' 00 'GET'"));
    seeds.add(Hex.bytes("0d0a0d0a000d0a515549540a 21 11 000c" + "01".repeat(12) + "'GET / '"));
    return seeds;
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void aStreamIsReadWithinItsBytesAndAVerdictIsKept(byte[] input) {
    String asked = Slices.readAnywhere(input, this::readRequest);
    Slices.readAnywhere(input, this::readSocks);
    String header = Slices.readAnywhere(input, this::readHeader);
    if (input.length > 0) {
      byte[] start = Arrays.copyOf(input, ((input[input.length - 1] & 0xff) * input.length) >> 8);
      assertKept(readRequest(start, 0, start.length), asked);
      assertKept(readHeader(start, 0, start.length), header);
    }
  }

  /** What more bytes do not change, by the documentation of the verdicts. */
  private static void assertKept(String verdict, String later) {
    if (!verdict.startsWith("INCOMPLETE")) {
      assertEquals(verdict, later);
    }
  }

  private String readRequest(byte[] buffer, int offset, int limit) {
    HttpRequest.Verdict verdict = request.read(buffer, offset, limit);
    String connect = request.isConnect() + " " + request.connectHost();
    return verdict == HttpRequest.Verdict.INCOMPLETE
        ? "INCOMPLETE"
        : verdict + " " + request.host() + " " + connect;
  }

  private String readSocks(byte[] buffer, int offset, int limit) {
    SocksRequest.Verdict verdict = socks.read(buffer, offset, limit);
    assertTrue(socks.end() >= offset && socks.end() <= limit, "end of the request");
    return verdict + " " + socks.host() + " " + (socks.end() - offset);
  }

  private String readHeader(byte[] buffer, int offset, int limit) {
    int end = ProxyHeader.end(buffer, offset, limit);
    return switch (end) {
      case ProxyHeader.NONE -> "NONE";
      case ProxyHeader.INCOMPLETE -> "INCOMPLETE";
      default -> "to " + (end - offset);
    };
  }
}
