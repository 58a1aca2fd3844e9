package imon.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.pcap.CaptureSummary.Status;
import imon.pcap.names.ResolvedNames;
import imon.testing.Hex;
import imon.wire.Addresses;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Name resolution blocks of pcapng: type 4. */
class NameBlocksTest {
  private static final int NAMES = 4;
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;

  /** What a reader told of names. */
  private record Told(List<String> names, CaptureSummary summary) {
    static Told by(byte[] file) throws IOException {
      return by(file, new Block());
    }

    static Told by(byte[] file, Block block) throws IOException {
      try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file), "test")) {
        boolean more = reader.read(block);
        while (more) {
          more = reader.read(block);
        }
        return new Told(
            reader.names().stream()
                .map(name -> Addresses.text(name.high(), name.low()) + " " + name.text())
                .toList(),
            reader.summary());
      }
    }

    String anomalies() {
      return summary.anomalies().toString();
    }
  }

  private static CaptureBuilder little() {
    return CaptureBuilder.little().section().interfaceOf(1);
  }

  /** A record, its length as it should be. */
  private static CaptureBuilder record(
      CaptureBuilder file, int type, String address, String names) {
    CaptureBuilder value = file.inner().bytes(Hex.bytes(address)).text(names);
    return file.inner().option(type, value.size(), value.build());
  }

  private static CaptureBuilder ipv4(CaptureBuilder file, String names) {
    return record(file, IPV4, "c0000201", names);
  }

  @Test
  void blocksAreReadInBothByteOrdersBeforeAndAfterPackets() throws IOException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      CaptureBuilder file = new CaptureBuilder(order).section();
      file.block(NAMES, ipv4(file, "a.example\0").words(0)).interfaceOf(1).enhanced(0, 1, "x");
      CaptureBuilder six = record(file, IPV6, "20010db8000000000000000000000001", "b\0c\0");
      file.block(NAMES, six.words(0));
      Told told = Told.by(file.build());
      assertEquals(List.of("192.0.2.1 a.example", "2001:db8::1 b", "2001:db8::1 c"), told.names());
      assertEquals("", told.anomalies());
    }
  }

  @Test
  void namesOfAllSectionsAreKeptOnceInTheirOrder() throws IOException {
    CaptureBuilder file = little();
    file.block(NAMES, ipv4(file, "b\0a\0").words(0));
    file.order(ByteOrder.BIG_ENDIAN).section();
    file.block(NAMES, ipv4(file, "a\0c\0b\0").words(0));
    assertEquals(
        List.of("192.0.2.1 b", "192.0.2.1 a", "192.0.2.1 c"), Told.by(file.build()).names());
  }

  @Test
  void optionsAndRecordsOfOtherTypesAreSteppedOver() throws IOException {
    CaptureBuilder file = little();
    CaptureBuilder body = file.inner().option(3, 10, Hex.bytes("010203040506 'mac' 00"));
    body.bytes(ipv4(file, "a\0").build()).words(0).option(2, 5, Hex.bytes("'dns.x'")).words(0);
    Told told = Told.by(file.block(NAMES, body).build());
    assertEquals(List.of("192.0.2.1 a"), told.names());
    assertEquals("", told.anomalies());
  }

  @Test
  void anEndThatIsNotMarkedAndPaddingThatIsCountedAreBorneWith() throws IOException {
    CaptureBuilder file = little();
    Told told = Told.by(file.block(NAMES, ipv4(file, "ab\0\0")).build());
    assertEquals(List.of("192.0.2.1 ab"), told.names());
    assertEquals("", told.anomalies());
  }

  /** Each faulty record stands between two good ones. */
  @ParameterizedTest
  @CsvSource({
    "1, c00002",
    "1, c0000201",
    "1, c0000201616263",
    "1, c00002016100626364",
    "2, 20010db80000000000000000000000",
    "2, 20010db8000000000000000000000001",
    "1, ''",
  })
  void aFaultyRecordIsCountedAndTheOthersKept(int type, String value) throws IOException {
    CaptureBuilder file = little().enhanced(0, 1, "x");
    CaptureBuilder body = ipv4(file, "before\0").bytes(record(file, type, value, "").build());
    body.bytes(ipv4(file, "after\0").build()).words(0);
    Told told = Told.by(file.block(NAMES, body).build());
    assertTrue(told.names().contains("192.0.2.1 before"), told.names()::toString);
    assertTrue(told.names().contains("192.0.2.1 after"), told.names()::toString);
    assertEquals("broken-name-record 1 (first in packet 2)", told.anomalies());
    assertEquals(Status.OK, told.summary().status());
  }

  @Test
  void aRecordThatRunsOverItsBlockEndsIt() throws IOException {
    CaptureBuilder file = little();
    CaptureBuilder body = ipv4(file, "a\0").halves(IPV4, 9).words(0, 0);
    Told told = Told.by(file.block(NAMES, body).enhanced(0, 1, "x").build());
    assertEquals(List.of("192.0.2.1 a"), told.names());
    assertEquals("broken-name-record 1 (first in packet 1)", told.anomalies());
    assertEquals(1, told.summary().packets());
  }

  @Test
  void brokenOptionsOfABlockAreCounted() throws IOException {
    CaptureBuilder file = little();
    CaptureBuilder body = ipv4(file, "a\0").words(0).halves(2, 9).words(0);
    Told told = Told.by(file.block(NAMES, body).build());
    assertEquals("broken-option 1 (first in packet 1)", told.anomalies());
  }

  @Test
  void aNameLongerThanAnyHostIsLeftOut() throws IOException {
    CaptureBuilder file = little();
    String longest = "n".repeat(ResolvedNames.MAX_NAME_BYTES);
    CaptureBuilder body = ipv4(file, longest + "x\0" + longest + "\0a\0").words(0);
    Told told = Told.by(file.block(NAMES, body).build());
    assertEquals(List.of("192.0.2.1 " + longest, "192.0.2.1 a"), told.names());
    assertEquals("names-left-out 1 (first in packet 1)", told.anomalies());
  }

  @Test
  void namesAreBoundedForTheWholeCapture() throws IOException {
    CaptureBuilder file = little();
    int perBlock = 1 << 12;
    for (int from = 0; from <= ResolvedNames.MAX_NAMES; from += perBlock) {
      StringBuilder names = new StringBuilder();
      for (int i = 0; i < perBlock; i++) {
        names.append(Integer.toString(from + i, 36)).append('\0');
      }
      file.block(NAMES, ipv4(file, names.toString()).words(0));
    }
    file.block(NAMES, ipv4(file, "0\0").words(0));
    Told told = Told.by(file.build());
    assertEquals(ResolvedNames.MAX_NAMES, told.names().size());
    assertEquals("names-left-out 1 (first in packet 1)", told.anomalies());
  }

  @Test
  void aBlockTooLargeToHoldIsSaidOnceWhateverComesBefore() throws IOException {
    int length = PcapngStepper.BLOCK_LIMIT + 4;
    CaptureBuilder file = little().enhanced(0, 1, "x").words(NAMES, length);
    file.bytes(new byte[length - 12]).words(length).enhanced(0, 2, "y");
    for (int fillBytes : new int[] {64, 4096, 1 << 20}) {
      Told told = Told.by(file.build(), new Block(fillBytes));
      assertEquals("names-left-out 1 (first in packet 2)", told.anomalies());
      assertEquals(2, told.summary().packets());
    }
  }

  @Test
  void damagedBlocksThrowNothing() throws IOException {
    CaptureBuilder good = little();
    CaptureBuilder records = ipv4(good, "a.example\0b\0");
    records.bytes(record(good, IPV6, "20010db8000000000000000000000001", "c\0").build()).words(0);
    byte[] body = records.option(2, 3, new byte[3]).words(0).build();
    Random random = new Random(4);
    int odd = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = body.clone();
      for (int f = 0; f < 4; f++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(1 << random.nextInt(9));
      }
      CaptureBuilder file = little();
      Told told = Told.by(file.block(NAMES, file.inner().bytes(damaged)).build());
      assertEquals(Status.OK, told.summary().status());
      odd += told.anomalies().isEmpty() ? 0 : 1;
    }
    assertTrue(odd > 500, "only " + odd + " were odd");
  }
}
