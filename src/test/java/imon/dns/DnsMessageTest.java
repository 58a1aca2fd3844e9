package imon.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.testing.Hex;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsMessageTest {
  private static final String WWW = "03'www' 07'example' 03'com' 00 "; // at 0c, example.com at 10
  private static final String ASKS_A = WWW + "0001 0001 "; // records from 21
  private static final String A_OF_OTHER = "05'other' c010 0001 0001 0000012c 0004 c0000207";
  private static final String A_OF_C00C = "c00c 0001 0001 0000012c 0004 c0000201 ";

  private final DnsMessage message = new DnsMessage(new NameTable());

  @Test
  void aQueryTellsItsHeaderAndQuestion() {
    wrap("1234 0100 0001 0000 0000 0000", WWW + "001c 0001");
    assertEquals(0x1234, message.id());
    assertFalse(message.isResponse());
    assertFalse(message.isTruncated());
    assertEquals(0, message.opcode());
    assertEquals("www.example.com", message.questionName());
    assertEquals(28, message.questionType());
    assertEquals(1, message.questionClass());
    assertEquals(0, message.addressCount());
    assertEquals(Fault.NONE, message.fault());
  }

  @Test
  void theHeaderFieldsAreToldApart() {
    wrap("ffff 9683 0000 0002 0003 0004");
    assertTrue(message.isResponse());
    assertTrue(message.isTruncated());
    assertEquals(2, message.opcode());
    assertEquals(3, message.rcode());
    assertEquals(0, message.questionCount());
    assertEquals(2, message.answerCount());
    assertEquals(3, message.authorityCount());
    assertEquals(4, message.additionalCount());
  }

  @Test
  void withoutAWholeHeaderThereIsNothing() {
    wrap("0001 8180 0001 0001 0000 0000", ASKS_A, A_OF_C00C);
    byte[] cut = Hex.bytes("1234 8180 0001 0001 0000 00");
    assertFalse(message.wrap(cut, 0, cut.length));
    assertEquals(0, message.addressCount());
    assertEquals(0, message.id());
    assertNull(message.questionName());
  }

  @Test
  void anAnswerGivesTheAddressOfTheNameAsked() {
    wrap("0001 8180 0001 0001 0000 0000", ASKS_A, A_OF_C00C);
    assertAddresses("a www.example.com www.example.com 192.0.2.1 300");
    assertEquals(0, message.addressHigh(0));
    assertEquals(0x0000_ffff_c000_0201L, message.addressLow(0));
  }

  @Test
  void anIpv6AddressFillsBothLongs() {
    wrap(
        "0001 8180 0001 0001 0000 0000",
        WWW + "001c 0001",
        "c00c 001c 0001 0000012c 0010 20010db8 00000000 00000000 00000001");
    assertAddresses("aaaa www.example.com www.example.com 2001:db8:0:0:0:0:0:1 300");
  }

  @Test
  void aChainOfAliasesLeadsBackToTheNameAsked() {
    wrap(
        "0001 8180 0001 0003 0000 0000",
        ASKS_A,
        "c00c 0005 0001 0000012c 0006 03'cdn' c010", // cdn.example.com at 2d
        "c02d 0005 0001 00000064 0007 04'edge' c010", // edge.example.com at 3f
        "c03f 0001 0001 00000e10 0004 c0000201");
    assertAddresses("a www.example.com edge.example.com 192.0.2.1 100");
  }

  @Test
  void theOrderOfRecordsDoesNotMatter() {
    wrap(
        "0001 8180 0001 0003 0000 0000",
        ASKS_A,
        "04'edge' c010 0001 0001 00000e10 0004 c0000201",
        "03'cdn' c010 0005 0001 00000064 0007 04'edge' c010",
        "c00c 0005 0001 0000012c 0006 03'cdn' c010");
    assertAddresses("a www.example.com edge.example.com 192.0.2.1 100");
  }

  @Test
  void anAddressNoChainLeadsToIsLeftOut() {
    wrap("0001 8180 0001 0002 0000 0000", ASKS_A, A_OF_OTHER, A_OF_C00C);
    assertAddresses("a www.example.com www.example.com 192.0.2.1 300");
    wrap("0001 8180 0001 0001 0000 0000", ASKS_A, A_OF_OTHER);
    assertAddresses();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c010 0027 0001 0000012c 0006 03'cdn' c010", // DNAME
        "c00c 0005 0001 0000012c 0006 03'a/b' c010", // a CNAME to what is no host
        "03'a/b' c010 0005 0001 0000012c 0006 03'cdn' c010", // and from there
      })
  void whereAChainCannotBeFollowedAnAddressKeepsItsOwnName(String alias) {
    wrap("0001 8180 0001 0002 0000 0000", ASKS_A, A_OF_OTHER, alias);
    assertAddresses("a other.example.com other.example.com 192.0.2.7 300");
  }

  @Test
  void aResponseWithoutAQuestionGivesAllItsAddresses() {
    wrap(
        "0000 8400 0000 0001 0000 0000", "05'other' 05'local' 00 0001 8001 0000012c 0004 c0000207");
    assertAddresses("a other.local other.local 192.0.2.7 300");
  }

  @Test
  void aLoopOfAliasesEnds() {
    wrap(
        "0001 8180 0001 0003 0000 0000",
        ASKS_A,
        "c00c 0005 0001 0000012c 0006 03'cdn' c010",
        "03'cdn' c010 0005 0001 0000012c 0002 c00c",
        A_OF_C00C);
    assertAddresses("a www.example.com www.example.com 192.0.2.1 300");
  }

  @Test
  void aTtlWithTheTopBitSetCountsAsZero() {
    wrap(
        "0001 8180 0001 0002 0000 0000",
        ASKS_A,
        "c00c 0001 0001 7fffffff 0004 c0000201",
        "c00c 0001 0001 80000000 0004 c0000202");
    assertAddresses(
        "a www.example.com www.example.com 192.0.2.1 2147483647",
        "a www.example.com www.example.com 192.0.2.2 0");
  }

  @Test
  void hintsOfAnHttpsRecordAreAddressesOfItsTarget() {
    wrap(
        "0001 8180 0001 0001 0000 0000",
        WWW + "0041 0001",
        "c00c 0041 0001 0000012c 003a 0001 03'svc' 07'example' 03'net' 00",
        "0001 0003 02'h2' 0004 0008 c0000201 c0000202",
        "0006 0010 20010db8 00000000 00000000 00000001");
    assertAddresses(
        "hint www.example.com svc.example.net 192.0.2.1 300",
        "hint www.example.com svc.example.net 192.0.2.2 300",
        "hint www.example.com svc.example.net 2001:db8:0:0:0:0:0:1 300");
    assertEquals(Fault.NONE, message.fault());
  }

  @Test
  void designatedResolversHaveNamesOfTheirOwn() {
    String asks = "04'_dns' 08'resolver' 04'arpa' 00 0040 0001";
    wrap(
        "0001 8180 0001 0002 0000 0001",
        asks,
        "c00c 0040 0001 0000012c 001b 0001 03'one' 07'example' 03'net' 00 0004 0004 c0000201",
        "c00c 0040 0001 0000012c 0013 0002 03'two' 07'example' 03'net' 00",
        "03'two' 07'example' 03'net' 00 0001 0001 00000064 0004 c0000202");
    assertAddresses(
        "hint one.example.net one.example.net 192.0.2.1 300",
        "a two.example.net two.example.net 192.0.2.2 100");
    wrap(
        "0001 8180 0001 0001 0000 0000",
        asks,
        "c00c 0040 0001 0000012c 000b 0001 00 0004 0004 c0000201");
    assertAddresses();
  }

  @ParameterizedTest
  @ValueSource(strings = {"04'_dns'", "04'_DNS'", "05'_8853' 04'_dns'"})
  void aNameServerIsAskedForByItsHost(String labels) {
    wrap(
        "0001 8180 0001 0001 0000 0000",
        labels + WWW + "0040 0001",
        "c00c 0040 0001 0000012c 000b 0001 00 0004 0004 c0000201");
    assertAddresses("hint www.example.com www.example.com 192.0.2.1 300");
  }

  @Test
  void aTargetOfTheRootIsTheOwnerItself() {
    wrap(
        "0001 8180 0001 0001 0000 0000",
        WWW + "0041 0001",
        "c00c 0041 0001 0000012c 000b 0001 00 0004 0004 c0000201");
    assertAddresses("hint www.example.com www.example.com 192.0.2.1 300");
  }

  @Test
  void theParametersOfAnAliasModeRecordMeanNothingAndItsTargetIsFollowed() {
    wrap(
        "0001 8180 0001 0001 0000 0001",
        WWW + "0041 0001",
        "c00c 0041 0001 00000064 001b 0000 03'svc' 07'example' 03'net' 00 0004 0004 c0000209",
        "03'svc' 07'example' 03'net' 00 0001 0001 0000012c 0004 c0000201");
    assertAddresses("a www.example.com svc.example.net 192.0.2.1 100");
  }

  @Test
  void anAdditionalAddressNobodyAskedForIsLeftOut() {
    wrap(
        "0001 8180 0001 0001 0001 0002",
        WWW + "0041 0001",
        "c00c 0041 0001 0000012c 0003 0001 00",
        "c010 0002 0001 0000012c 0005 02'ns' c010",
        "02'ns' c010 0001 0001 0000012c 0004 c0000235",
        A_OF_C00C);
    assertAddresses("a www.example.com www.example.com 192.0.2.1 300");
  }

  @Test
  void onlyQuestionsForAddressesAreAnswered() {
    wrap("0001 8180 0001 0001 0000 0000", WWW + "000f 0001", A_OF_C00C);
    assertAddresses();
    wrap("0001 8180 0001 0001 0000 0000", WWW + "00ff 0001", A_OF_C00C);
    assertEquals(1, message.addressCount());
  }

  @Test
  void onlyAStandardQuerysResponseIsAnAnswer() {
    wrap("0001 0100 0001 0001 0000 0000", ASKS_A, A_OF_C00C);
    assertAddresses();
    wrap("0001 a800 0001 0001 0000 0000", ASKS_A, A_OF_C00C);
    assertAddresses();
  }

  @Test
  void anotherClassThanInIsLeftOutAndTheCacheFlushBitIsNoClass() {
    wrap(
        "0000 8400 0000 0002 0000 0000",
        "07'printer' 05'local' 00 0001 8001 00000078 0004 c0000201",
        "c00c 0001 0003 00000078 0004 c0000202");
    assertAddresses("a printer.local printer.local 192.0.2.1 120");
    wrap("0000 0000 0001 0000 0000 0000", WWW + "0001 8001");
    assertEquals(1, message.questionClass());
  }

  @Test
  void aNameThatIsNoHostCostsItsRecordOnly() {
    wrap(
        "0001 8180 0001 0002 0000 0000",
        ASKS_A,
        "03'a/b' c010 0001 0001 0000012c 0004 c0000207",
        A_OF_C00C);
    assertAddresses("a www.example.com www.example.com 192.0.2.1 300");
    assertEquals(Fault.NONE, message.fault());
  }

  @Test
  void aQuestionThatIsNoHostLeavesTheAnswersTheirOwnNames() {
    wrap(
        "0001 8180 0001 0002 0000 0000",
        "03'w w' 07'example' 03'com' 00 0001 0001",
        "c00c 0005 0001 0000012c 0006 03'cdn' c010",
        "03'cdn' c010 0001 0001 0000012c 0004 c0000201");
    assertNull(message.questionName());
    assertAddresses("a cdn.example.com cdn.example.com 192.0.2.1 300");
  }

  @Test
  void aRecordWithAWrongLengthCostsThatRecordOnly() {
    wrap(
        "0001 8180 0001 0003 0000 0000",
        ASKS_A,
        "c00c 0001 0001 0000012c 0003 c00002",
        "c00c 001c 0001 0000012c 0004 c0000201",
        A_OF_C00C);
    assertAddresses("a www.example.com www.example.com 192.0.2.1 300");
    assertEquals(Fault.MALFORMED, message.fault());
  }

  @Test
  void hintsBeforeABrokenParameterAreKept() {
    wrap(
        "0001 8180 0001 0001 0000 0000",
        WWW + "0041 0001",
        "c00c 0041 0001 0000012c 0010 0001 00 0004 0004 c0000201 0006 0010 20");
    assertAddresses("hint www.example.com www.example.com 192.0.2.1 300");
    assertEquals(Fault.MALFORMED, message.fault());
  }

  @Test
  void aCutRecordIsReportedAndTheOnesBeforeAreKept() {
    wrap("0001 8180 0001 0002 0000 0000", ASKS_A, A_OF_C00C, "c00c 0001 0001 0000012c 0004 c00002");
    assertAddresses("a www.example.com www.example.com 192.0.2.1 300");
    assertEquals(Fault.CUT, message.fault());
  }

  @Test
  void countsThatPromiseTooMuchAreBoundedByTheBytes() {
    wrap("0001 8180 0001 ffff ffff ffff", ASKS_A, A_OF_C00C);
    assertEquals(1, message.addressCount());
    assertEquals(Fault.CUT, message.fault());
    wrap("0001 8180 ffff 0000 0000 0000", ASKS_A);
    assertEquals("www.example.com", message.questionName());
    assertEquals(Fault.CUT, message.fault());
  }

  @Test
  void aPointerThatDoesNotGoBackwardsEndsTheReading() {
    wrap("0001 8180 0001 0001 0000 0000", ASKS_A, "c021 0001 0001 0000012c 0004 c0000201");
    assertAddresses();
    assertEquals(Fault.MALFORMED, message.fault());
    wrap("0001 8180 0001 0001 0000 0000", ASKS_A, "c040 0001 0001 0000012c 0004 c0000201");
    assertEquals(Fault.MALFORMED, message.fault());
    wrap("0001 0100 0001 0000 0000 0000", "01'a' c00c 0001 0001");
    assertEquals(Fault.MALFORMED, message.fault());
    assertEquals(0, message.questionHash());
  }

  @Test
  void aPointerIntoTheHeaderEndsTheReading() {
    wrap("0001 8180 0001 0001 0000 0000", ASKS_A, "c004 0001 0001 0000012c 0004 c0000201");
    assertAddresses();
    assertEquals(Fault.MALFORMED, message.fault());
  }

  @Test
  void aReservedLabelTypeEndsTheReading() {
    wrap("0001 0100 0001 0000 0000 0000", "41'a' 00 0001 0001");
    assertEquals(Fault.MALFORMED, message.fault());
    wrap("0001 0100 0001 0000 0000 0000", "80'a' 00 0001 0001");
    assertEquals(Fault.MALFORMED, message.fault());
  }

  @Test
  void aNameHasAtMost255Octets() {
    String label = "31'" + "a".repeat(49) + "'";
    wrap("0001 0100 0001 0000 0000 0000", label.repeat(5), "03'com' 00 0001 0001");
    assertEquals(253, message.questionName() == null ? 0 : message.questionName().length());
    wrap("0001 0100 0001 0000 0000 0000", label.repeat(5), "04'info' 00 0001 0001");
    assertEquals(Fault.MALFORMED, message.fault());
  }

  @Test
  void moreAddressesThanTheLimitAreSaid() {
    wrap("0001 8180 0001 0201 0000 0000", ASKS_A, A_OF_C00C.repeat(513));
    assertEquals(512, message.addressCount());
    assertEquals(Fault.LIMITED, message.fault());
  }

  @Test
  void aRightResponseHasTheHashOfItsQuery() {
    wrap("0001 0100 0001 0000 0000 0000", ASKS_A);
    long asked = message.questionHash();
    wrap("0001 8180 0001 0001 0000 0000", "03'wWw' 07'EXAMple' 03'Com' 00 0001 0001", A_OF_C00C);
    assertEquals(asked, message.questionHash());
    wrap("0001 8180 0001 0000 0000 0000", WWW + "001c 0001");
    assertNotEquals(asked, message.questionHash());
    wrap("0001 8180 0001 0000 0000 0000", WWW + "0001 0003");
    assertNotEquals(asked, message.questionHash());
    wrap("0001 8180 0001 0000 0000 0000", "03'web' 07'example' 03'com' 00 0001 0001");
    assertNotEquals(asked, message.questionHash());
  }

  @Test
  void severalQuestionsAreTolerated() {
    wrap(
        "0001 8180 0002 0002 0000 0000",
        WWW + "000f 0001",
        "03'ftp' c010 0001 0001",
        A_OF_C00C,
        "c021 0001 0001 0000012c 0004 c0000202");
    assertAddresses(
        "a www.example.com www.example.com 192.0.2.1 300",
        "a ftp.example.com ftp.example.com 192.0.2.2 300");
  }

  @Test
  void theAliasesOfEveryQuestionAreFollowed() {
    wrap(
        "0001 8180 0002 0002 0000 0000",
        WWW + "0001 0001",
        "03'ftp' c010 0001 0001",
        "c021 0005 0001 0000012c 0006 03'cdn' c010", // cdn.example.com at 37
        "c037 0001 0001 0000012c 0004 c0000202");
    assertAddresses("a ftp.example.com cdn.example.com 192.0.2.2 300");
  }

  @Test
  void anExtendedMessageIsReadLikeAnother() {
    wrap(
        "0001 8180 0001 0002 0000 0002",
        ASKS_A,
        "c00c 0005 0001 0000012c 0006 03'cdn' c010", // cdn.example.com at 2d
        "00 0029 0001 00008000 0004 c0000209",
        "00 0029 04d0 00008000 000c 000a 0008 0102030405060708",
        "c02d 0001 0001 0000012c 0004 c0000201");
    assertAddresses("a www.example.com cdn.example.com 192.0.2.1 300");
    assertEquals(Fault.NONE, message.fault());
  }

  @Test
  void aMessageMayStandAnywhereInItsBuffer() {
    byte[] buffer =
        Hex.bytes("ffffffffff 0001 8180 0001 0001 0000 0000" + ASKS_A + A_OF_C00C + "ffff");
    assertTrue(message.wrap(buffer, 5, buffer.length - 2));
    assertAddresses("a www.example.com www.example.com 192.0.2.1 300");
  }

  @Test
  void aFrameOfATcpStreamTellsItsLength() {
    byte[] stream = Hex.bytes("0003 aabbcc 0000 00");
    assertEquals(5, DnsMessage.framedLength(stream, 0, stream.length));
    assertEquals(5, DnsMessage.framedLength(stream, 0, 2));
    assertEquals(2, DnsMessage.framedLength(stream, 5, stream.length));
    assertEquals(2, DnsMessage.framedLength(stream, 7, stream.length));
    assertEquals(2, DnsMessage.framedLength(stream, 8, stream.length));
    assertEquals(65537, DnsMessage.framedLength(Hex.bytes("ffff"), 0, 2));
  }

  private void wrap(String... fields) {
    byte[] bytes = Hex.bytes(String.join("", fields));
    assertTrue(message.wrap(bytes, 0, bytes.length));
  }

  private void assertAddresses(String... lines) {
    assertEquals(List.of(lines), Described.addresses(message));
  }
}
