package imon.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.quic.QuicInitial.Verdict;
import imon.testing.Allocation;
import imon.testing.Hex;
import imon.testing.LongTest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RobustnessTest {
  private static final byte[] ID = Hex.bytes("0102030405060708");

  private final QuicInitial reader = new QuicInitial(new NameTable());

  private static byte[][] samples() {
    byte[] hello = Hellos.tls("www.example.org", 300);
    byte[] frame = InitialWriter.crypto(hello, 0, hello.length);
    byte[] google = Hellos.google("www.example.org", 30);
    return new byte[][] {
      InitialWriter.version1(ID).packet(0, frame),
      InitialWriter.version2(ID).packet(0, frame),
      InitialWriter.join(
          InitialWriter.zeroRtt(ID, ID, new byte[40]), InitialWriter.version1(ID).packet(0, frame)),
      InitialWriter.join(Hex.bytes("09 0102030405060708 'Q043' 01 a001"), google),
      InitialWriter.join(Hex.bytes("c3 'Q046' 50 0102030405060708"), new byte[18], google)
    };
  }

  @Test
  void changedBytesAndLimitsAreNeverThrownAt() {
    Random random = new Random(20260101);
    byte[][] samples = samples();
    int named = 0;
    for (int i = 0; i < 40_000; i++) {
      byte[] datagram = samples[i % samples.length].clone();
      int changes = random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        datagram[random.nextInt(Math.min(datagram.length, 60))] = (byte) random.nextInt();
      }
      int offset = random.nextInt(10) == 0 ? random.nextInt(20) : 0;
      int limit = random.nextBoolean() ? datagram.length : offset + random.nextInt(400);
      named += read(new QuicFlow(), datagram, offset, limit) == Verdict.NAMED ? 1 : 0;
    }
    assertTrue(named > 4000 && named < 36_000, "named " + named);
  }

  /** Bytes outside the limits would be read as other bytes: they must not matter. */
  private Verdict read(QuicFlow flow, byte[] datagram, int offset, int limit) {
    int end = Math.min(limit, datagram.length);
    byte[] alone = Arrays.copyOfRange(datagram, offset, end);
    Verdict verdict = reader.read(new QuicFlow(), alone, 0, alone.length, true);
    assertEquals(verdict, reader.read(flow, datagram, offset, end, true));
    return verdict;
  }

  @LongTest
  @Test
  void openedNoiseIsNeverThrownAt() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] frames = new byte[40 + random.nextInt(80)];
      random.nextBytes(frames);
      for (int at = 0; at < frames.length; at += 1 + random.nextInt(12)) {
        frames[at] = (byte) "\0\1\2\3\6\7\10\34".charAt(random.nextInt(8));
      }
      byte[] packet = InitialWriter.version1(ID).packet(i & 0xff, frames);
      Verdict verdict = reader.read(new QuicFlow(), packet, 0, packet.length, false);
      assertNotEquals(Verdict.NOT_QUIC, verdict);
      assertTrue(reader.isFromClient());
    }
  }

  @Test
  void lookingAtTheFirstBytesAllocatesNothing() {
    byte[][] samples = samples();
    int[] found = new int[1];
    Runnable look =
        () -> {
          for (byte[] sample : samples) {
            found[0] += QuicInitial.looksLikeInitial(sample, 0, sample.length) ? 1 : 0;
          }
        };
    assertTrue(Allocation.of(20_000, look) < 1000);
    assertEquals(40_000 * samples.length, found[0]);
  }
}
