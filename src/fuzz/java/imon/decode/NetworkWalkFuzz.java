package imon.decode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Captures;
import imon.fuzz.Pieces;
import imon.fuzz.Slices;
import imon.pcap.AnomalyCounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One packet on a link of any kind: the way to its innermost IP header. As in a block, no packet
 * begins at offset 0: before it stands the byte that says which kind of link.
 */
class NetworkWalkFuzz {
  private static final int PACKETS_OF_A_SAMPLE = 12;

  private final LinkLayer link = new LinkLayer();

  /** The first packets of each sample, each behind the byte for its link. */
  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] capture : Captures.seeds()) {
      List<Pieces.Piece> packets = Pieces.of(capture, 1);
      packets.stream().limit(PACKETS_OF_A_SAMPLE).forEach(p -> seeds.add(seed(capture, p)));
    }
    return seeds;
  }

  private static byte[] seed(byte[] capture, Pieces.Piece packet) {
    ByteArrayOutputStream seed = new ByteArrayOutputStream();
    seed.write(capture[0]);
    seed.writeBytes(packet.bytes());
    return seed.toByteArray();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void aPacketIsWalkedWithinItsBytes(byte[] input) {
    if (input.length > 0) {
      int linkType = Captures.linkType(input);
      Slices.readAnywhere(input, (b, from, to) -> walk(linkType, b, from + 1, to));
    }
  }

  private String walk(int linkType, byte[] buffer, int offset, int limit) {
    AnomalyCounts anomalies = new AnomalyCounts();
    NetworkWalk walk = new NetworkWalk(anomalies);
    int network = walk.walk(buffer, offset, limit, linkType, 1);
    StringBuilder said = new StringBuilder(anomalies.toString());
    if (network >= 0) {
      assertTrue(network >= offset && network < limit, "network header out of the packet");
      said.append(" at ").append(network - offset).append(' ').append(walk.pairHash());
    } else {
      said.append(' ').append(network);
    }
    if (walk.fragmented() != 0) {
      said.append(" fragment ").append(walk.fragmented() - offset);
    }
    link.of(buffer, offset, limit, linkType);
    said.append(link.arp() == null ? "" : " arp");
    if (network >= 0 && link.carriesIpAt(network)) {
      said.append(' ').append(link.sourceMac()).append(' ').append(link.destinationMac());
    }
    return said.toString();
  }
}
