package imon.flow.stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Seeds;
import imon.fuzz.Slices;
import imon.name.NameTable;
import imon.name.service.ServiceProbe;
import imon.wire.IpProtocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** The start of a stream or a datagram, given to every reader in turn, and to all signatures. */
class StreamProbeFuzz {
  private final StreamProbe probe = new StreamProbe(new NameTable());

  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>(Seeds.streams());
    seeds.addAll(Seeds.datagrams());
    return seeds;
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void aStartIsReadWithinItsBytes(byte[] input) {
    Slices.readAnywhere(input, this::probe);
    if (input.length > 0) {
      Slices.readAnywhere(input, StreamProbeFuzz::services);
    }
  }

  private String probe(byte[] buffer, int offset, int limit) {
    StreamProbe.Verdict verdict = probe.read(buffer, offset, limit, false, true);
    assertTrue(probe.rest() >= offset && probe.rest() <= limit, "rest out of the bytes");
    return verdict + " " + probe.host() + " " + (probe.rest() - offset);
  }

  private static String services(byte[] buffer, int offset, int limit) {
    return ServiceProbe.of(IpProtocol.TCP, buffer, offset, limit)
        + " "
        + ServiceProbe.of(IpProtocol.UDP, buffer, offset, limit);
  }
}
