package imon.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.testing.Hex;
import imon.wire.Addresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ReverseAnswersTest {
  private static final String ARPA = "07'in-addr' 04'arpa' 00 ";
  private static final String OF_192_0_2_1 = "01'1' 01'2' 01'0' 03'192' " + ARPA; // at 0c
  private static final String TARGET = "03'www' 07'example' 03'com' 00";

  private final DnsMessage message = new DnsMessage(new NameTable());
  private final ReverseName reverse = new ReverseName();

  @Test
  void aReverseAnswerGivesTheNameOfTheAddress() {
    wrap(
        "0001 8180 0001 0001 0000 0000",
        OF_192_0_2_1 + "000c 0001",
        "c00c 000c 0001 0000012c 0011",
        TARGET);
    assertEquals(
        List.of("ptr / www.example.com / 192.0.2.1 / 300"), Named.lines(message.reverseAnswers()));
    assertEquals(0, message.addressCount());
  }

  @Test
  void anAddressInADelegatedBlockIsTheOneAsked() {
    wrap(
        "0001 8180 0001 0002 0000 0000",
        OF_192_0_2_1 + "000c 0001",
        "c00c 0005 0001 0000012c 0009 01'1' 04'0/26' c00e",
        "01'1' 04'0/26' c00e 000c 0001 0000003c 0011" + TARGET);
    assertEquals(
        List.of("ptr / www.example.com / 192.0.2.1 / 60"), Named.lines(message.reverseAnswers()));
  }

  @Test
  void aPointerThatIsNoReverseNameIsLeftOut() {
    wrap(
        "0001 8180 0001 0001 0000 0000",
        "03'web' 07'example' 03'com' 00 000c 0001",
        "c00c 000c 0001 0000012c 0011",
        TARGET);
    assertEquals(0, message.reverseAnswers().count());
  }

  @Test
  void onlyWholeReverseNamesAreAddresses() {
    assertTrue(reverse.read("1.2.0.192.in-addr.arpa"));
    assertFalse(reverse.read("2.0.192.in-addr.arpa"));
    assertFalse(reverse.read("0.1.2.0.192.in-addr.arpa"));
    assertFalse(reverse.read("256.2.0.192.in-addr.arpa"));
    assertFalse(reverse.read("01.2.0.192.in-addr.arpa"));
    assertFalse(reverse.read("1.2.0.x.in-addr.arpa"));
    assertFalse(reverse.read(".in-addr.arpa"));
    assertFalse(reverse.read("1.2.0.192.in-addr.arpa.example"));
    assertFalse(reverse.read("1.ip6.arpa"));
    assertTrue(reverse.read("f.".repeat(32) + "ip6.arpa"));
    assertFalse(reverse.read("f.".repeat(33) + "ip6.arpa"));
    assertFalse(reverse.read("g.".repeat(32) + "ip6.arpa"));
    assertFalse(reverse.read("ff".repeat(32) + "ip6.arpa"));
  }

  @Test
  void everyAddressIsReadBackFromTheNameDnsjavaMakesOfIt() throws UnknownHostException {
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      byte[] address = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(address);
      InetAddress inet = InetAddress.getByAddress(address);
      byte[] wire = answer(ReverseMap.fromAddress(inet));
      assertTrue(message.wrap(wire, 0, wire.length));
      assertEquals(Fault.NONE, message.fault());
      assertEquals(1, message.reverseAnswers().count());
      NamedAddresses found = message.reverseAnswers();
      assertEquals(inet, InetAddress.getByName(Addresses.text(found.high(0), found.low(0))));
    }
  }

  @Test
  void aPrefixHasTheAnswerOrIsCut() {
    byte[] wire =
        Hex.bytes(
            "0001 8180 0001 0001 0000 0000"
                + OF_192_0_2_1
                + "000c 0001 c00c 000c 0001 0000012c 0011"
                + TARGET);
    for (int length = 12; length < wire.length; length++) {
      assertTrue(message.wrap(Arrays.copyOf(wire, length), 0, length));
      assertEquals(0, message.reverseAnswers().count());
      assertEquals(Fault.CUT, message.fault());
    }
  }

  private static byte[] answer(Name owner) {
    Message answer = new Message(7);
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(Record.newRecord(owner, Type.PTR, DClass.IN), Section.QUESTION);
    Name target = Name.fromConstantString("host.example.net.");
    answer.addRecord(new PTRRecord(owner, DClass.IN, 60, target), Section.ANSWER);
    return answer.toWire();
  }

  private void wrap(String... fields) {
    byte[] bytes = Hex.bytes(String.join("", fields));
    assertTrue(message.wrap(bytes, 0, bytes.length));
  }
}
