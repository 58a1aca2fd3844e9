package imon.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.pcap.CaptureReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Every sample's packets with bytes changed and ends cut off, in buffers that end where they do.
 */
class MutatedPacketsTest {
  private static final int ROUNDS = 40;
  private static final int[] LINK_TYPES = {
    0, 1, 9, 51, 101, 104, 105, 113, 117, 119, 127, 163, 192, 226, 239, 258, 276
  };

  private final Random random = new Random(5);
  private final NetworkWalk walk = new NetworkWalk(new AnomalyCounts());
  private final LinkLayer link = new LinkLayer();
  private long walked;

  @Test
  void everyMutantIsAnsweredWithinItsBytes() throws IOException {
    for (String sample : DecodedSamplesTest.samples()) {
      byte[] file = Files.readAllBytes(Path.of("sample-captures", sample));
      Block block = new Block();
      try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file), sample)) {
        while (reader.read(block)) {
          for (int i = 0; i < Math.min(block.count(), 60); i++) {
            mutate(block, i);
          }
        }
      }
    }
    assertTrue(walked > 50_000, walked + " packets");
  }

  private void mutate(Block block, int index) {
    int start = block.start(index);
    byte[] packet = Arrays.copyOfRange(block.bytes(), start, start + block.capturedLength(index));
    for (int round = 0; round < ROUNDS; round++) {
      byte[] mutant = Arrays.copyOf(packet, random.nextInt(packet.length + 1));
      for (int change = random.nextInt(4); change > 0 && mutant.length > 0; change--) {
        mutant[random.nextInt(Math.min(mutant.length, 120))] = (byte) random.nextInt(256);
      }
      boolean same = random.nextInt(4) > 0;
      int linkType = same ? block.linkType(index) : LINK_TYPES[random.nextInt(LINK_TYPES.length)];
      assertAnswered(mutant, linkType);
    }
  }

  private void assertAnswered(byte[] packet, int linkType) {
    int network = walk.walk(packet, 0, packet.length, linkType, 1);
    assertTrue(network >= NetworkWalk.UNDECODABLE && network < packet.length);
    if (network >= 0) {
      int version = packet[network] >> 4 & 0xf;
      assertTrue(version == 4 || version == 6, "version " + version);
    }
    link.of(packet, 0, packet.length, linkType);
    if (link.arp() != null) {
      assertTrue(network < 0, "ARP and IP");
    }
    if (network >= 0 && link.carriesIpAt(network)) {
      assertTrue(link.sourceMac() >>> 48 == 0 && link.destinationMac() >>> 48 == 0);
    }
    walked++;
  }

  @Test
  void randomBytesAreWalkedOnEveryLink() {
    for (int linkType : LINK_TYPES) {
      for (int i = 0; i < 5_000; i++) {
        byte[] packet = new byte[random.nextInt(100)];
        random.nextBytes(packet);
        assertAnswered(packet, linkType);
      }
    }
    assertEquals(LINK_TYPES.length * 5_000L, walked);
  }
}
