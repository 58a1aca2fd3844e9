package imon.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.testing.Allocation;
import imon.testing.Hex;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses in additional records, and which of them answers have asked for. */
class ServerAddressesTest {
  private static final String DOMAIN = "07'example' 03'com' 00 "; // at 0c
  private static final String ASKS_MX = DOMAIN + "000f 0001 "; // records from 1d
  private static final String MX = "c00c 000f 0001 00000e10 0009 000a 04'mail' c00c ";
  private static final String A_OF_MAIL = "04'mail' c00c 0001 0001 00000078 0004 c0000219 ";

  private static final String ASKS_SRV =
      "05'_ldap' 04'_tcp' 07'example' 03'com' 00 0021 0001 "; // _tcp at 12, example.com at 17
  private static final String SRV = "c00c 0021 0001 00000258 000c 0000 0064 0185 03'dc1' c017 ";
  private static final String A_OF_DC1 = "03'dc1' c017 0001 0001 00000e10 0004 c000020a ";
  private static final String AAAA_OF_DC1 =
      "03'dc1' c017 001c 0001 00000e10 0010 20010db8 00000000 00000000 0000000a ";

  private static final String ASKS_PTR =
      "04'_ipp' 04'_tcp' 07'example' 03'com' 00 000c 0001 "; // example.com at 16, records from 27
  private static final String PTR = "c00c 000c 0001 00000e10 000b 08'Hall 2.1' c00c ";
  private static final String SRV_OF_HALL =
      "08'hALL 2.1' c00c 0021 0001 00000078 000b 0000 0000 0277 02'p1' c016 ";
  private static final String A_OF_P1 = "02'p1' c016 0001 0001 0000003c 0004 c000021e ";

  /** With a name server and its glue before what counts. */
  private static final byte[] TYPICAL =
      Hex.bytes(
          "0001 8580 0001 0001 0001 0003"
              + (ASKS_SRV + SRV)
              + "c017 0002 0001 00000e10 0005 02'ns' c017"
              + "02'ns' c017 0001 0001 00000e10 0004 c0000235"
              + (A_OF_DC1 + AAAA_OF_DC1));

  private final DnsMessage message = new DnsMessage(new NameTable());

  @Test
  void theTargetOfAServiceHasTheAdditionalAddressesUnderItsOwnName() {
    wrap("0001 8580 0001 0001 0000 0002", ASKS_SRV, SRV, A_OF_DC1, AAAA_OF_DC1);
    assertAddresses(
        "a dc1.example.com dc1.example.com 192.0.2.10 3600",
        "aaaa dc1.example.com dc1.example.com 2001:db8:0:0:0:0:0:a 3600");
    assertEquals(Fault.NONE, message.fault());
  }

  @Test
  void theMailServersOfADomainHaveTheirOwnNames() {
    wrap(
        "0001 8580 0001 0002 0000 0003",
        ASKS_MX,
        MX + "c00c 000f 0001 00000e10 0015 0014 02'MX' 06'backup' 07'example' 00",
        A_OF_MAIL,
        "02'mx' 06'BACKUP' 07'example' 00 0001 0001 00000078 0004 c0000229",
        "00 0029 04d0 00000000 0000");
    assertAddresses(
        "a mail.example.com mail.example.com 192.0.2.25 120",
        "a mx.backup.example mx.backup.example 192.0.2.41 120");
  }

  @Test
  void aDomainMayBeItsOwnMailServer() {
    wrap(
        "0001 8580 0001 0001 0000 0001",
        ASKS_MX,
        "c00c 000f 0001 00000e10 0004 000a c00c",
        "c00c 0001 0001 00000078 0004 c0000219");
    assertAddresses("a example.com example.com 192.0.2.25 120");
  }

  @Test
  void addressesAmongTheAnswersCountLikeAdditionalOnes() {
    wrap("0001 8580 0001 0002 0000 0000", ASKS_MX, A_OF_MAIL, MX);
    assertAddresses("a mail.example.com mail.example.com 192.0.2.25 120");
  }

  @Test
  void whoAsksForEverythingIsToldOfTheDomainAndOfItsServers() {
    wrap(
        "0001 8580 0001 0002 0000 0001",
        DOMAIN + "00ff 0001",
        MX,
        "c00c 0001 0001 0000012c 0004 c0000201",
        A_OF_MAIL);
    assertAddresses(
        "a example.com example.com 192.0.2.1 300",
        "a mail.example.com mail.example.com 192.0.2.25 120");
  }

  @Test
  void theNameAskedMayBeAnAlias() {
    wrap(
        "0001 8580 0001 0002 0000 0001",
        ASKS_MX,
        "03'hub' c00c 000f 0001 00000e10 0009 000a 04'mail' c00c",
        "c00c 0005 0001 0000003c 0006 03'hub' c00c",
        A_OF_MAIL);
    assertAddresses("a mail.example.com mail.example.com 192.0.2.25 120");
  }

  @Test
  void aTargetThatIsAnAliasKeepsItsNameAndTheLeastTtlFromThereOn() {
    wrap(
        "0001 8580 0001 0001 0000 0002",
        ASKS_MX,
        MX,
        "04'mail' c00c 0005 0001 0000003c 0007 04'host' c00c",
        "04'host' c00c 0001 0001 00000078 0004 c0000219");
    assertAddresses("a mail.example.com host.example.com 192.0.2.25 60");
  }

  @Test
  void theInstancesOfAServiceLeadToItsServers() {
    wrap("0001 8580 0001 0001 0000 0002", ASKS_PTR, PTR, SRV_OF_HALL, A_OF_P1);
    assertAddresses("a p1.example.com p1.example.com 192.0.2.30 60");
    wrap("0001 8580 0001 0002 0000 0001", ASKS_PTR, SRV_OF_HALL, PTR, A_OF_P1);
    assertAddresses("a p1.example.com p1.example.com 192.0.2.30 60");
  }

  @Test
  void anInstanceMayBeAskedForThoughItIsNoHost() {
    wrap(
        "0001 8580 0001 0001 0000 0001",
        "08'Hall 2.1' 04'_ipp' 04'_tcp' 07'example' 03'com' 00 0021 0001", // example.com at 1f
        "c00c 0021 0001 00000078 000b 0000 0000 0277 02'p1' c01f",
        "02'p1' c01f 0001 0001 0000003c 0004 c000021e");
    assertAddresses("a p1.example.com p1.example.com 192.0.2.30 60");
  }

  @Test
  void onlyAnInstanceHasItsServersInAdditionalRecords() {
    wrap("0001 8580 0001 0000 0000 0002", ASKS_SRV, SRV, A_OF_DC1);
    assertAddresses();
    wrap("0001 8580 0001 0000 0000 0002", ASKS_MX, MX, A_OF_MAIL);
    assertAddresses();
    wrap("0001 8580 0001 0000 0000 0003", ASKS_PTR, PTR, SRV_OF_HALL, A_OF_P1);
    assertAddresses();
  }

  @Test
  void theServersOfAnotherNameAreNotAskedFor() {
    wrap(
        "0001 8580 0001 0001 0000 0001",
        ASKS_MX,
        "03'net' c00c 000f 0001 00000e10 0009 000a 04'mail' c00c",
        A_OF_MAIL);
    assertAddresses();
    wrap(
        "0001 8580 0001 0001 0000 0002",
        ASKS_PTR,
        "03'net' c00c 000c 0001 00000e10 000b 08'Hall 2.1' c00c",
        SRV_OF_HALL,
        A_OF_P1);
    assertAddresses();
  }

  @Test
  void theGlueOfAReferralNamesNothing() {
    String nameServer = "c00c 0002 0001 00000e10 0007 04'mail' c00c";
    wrap("0001 8000 0001 0000 0001 0001", ASKS_MX, nameServer, A_OF_MAIL);
    assertAddresses();
    wrap("0001 8000 0001 0000 0001 0001", DOMAIN + "0002 0001", nameServer, A_OF_MAIL);
    assertAddresses();
    wrap("0001 8000 0001 0001 0000 0001", DOMAIN + "0002 0001", nameServer, A_OF_MAIL);
    assertAddresses();
  }

  @Test
  void neitherDoesItInADomainThatIsCalledLikeTheLinks() {
    String asks = "02'ad' 05'local' 00 0001 0001";
    String glue = "02'ns' c00c 0001 0001 00000078 0004 c0000235";
    wrap("0001 8000 0001 0000 0001 0001", asks, "c00c 0002 0001 00000e10 0005 02'ns' c00c", glue);
    assertAddresses();
    wrap("0000 8400 0001 0000 0000 0001", asks, glue);
    assertAddresses("a ns.ad.local ns.ad.local 192.0.2.53 120");
  }

  @Test
  void serversThatStandInTheAuthorityCountForNothing() {
    wrap("0001 8000 0001 0000 0001 0001", ASKS_MX, MX, A_OF_MAIL);
    assertAddresses();
    wrap("0001 8000 0001 0000 0002 0001", ASKS_PTR, PTR, SRV_OF_HALL, A_OF_P1);
    assertAddresses();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001", "0010", "0002", "0006"})
  void whoAsksForSomethingElseIsToldOfNoServer(String type) {
    wrap("0001 8580 0001 0001 0000 0001", DOMAIN, type + "0001", MX, A_OF_MAIL);
    assertAddresses();
  }

  @Test
  void ofSeveralQuestionsThoseForServersLeadToThem() {
    wrap(
        "0001 8580 0002 0001 0000 0001",
        "03'www' 07'example' 03'com' 00 0001 0001", // example.com at 10
        "c010 000f 0001",
        "c010 000f 0001 00000e10 0009 000a 04'mail' c010",
        "04'mail' c010 0001 0001 00000078 0004 c0000219");
    assertAddresses("a mail.example.com mail.example.com 192.0.2.25 120");
    wrap(
        "0001 8580 0002 0001 0000 0001",
        "03'www' 07'example' 03'com' 00 000f 0001",
        "c010 0001 0001",
        "c010 000f 0001 00000e10 0009 000a 04'mail' c010",
        "04'mail' c010 0001 0001 00000078 0004 c0000219");
    assertAddresses();
  }

  @Test
  void aServiceThatIsNotOfferedHasNoServer() {
    wrap(
        "0001 8580 0001 0001 0000 0001",
        ASKS_SRV,
        "c00c 0021 0001 00000258 0007 0000 0000 0000 00",
        A_OF_DC1);
    assertAddresses();
    assertEquals(Fault.NONE, message.fault());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c00c 0021 0001 00000258 000d 0000 0064 0185 03'dc1' c017 00", // a byte too many
        "c00c 0021 0001 00000258 0006 0000 0064 0185",
        "c00c 0021 0001 00000258 0000",
        "c00c 0021 0001 00000258 0008 0000 0064 0185 c0ff",
      })
  void aDamagedServiceCostsItsRecordOnly(String service) {
    wrap("0001 8580 0001 0002 0000 0001", ASKS_SRV, service, SRV, A_OF_DC1);
    assertAddresses("a dc1.example.com dc1.example.com 192.0.2.10 3600");
    assertEquals(Fault.MALFORMED, message.fault());
  }

  @Test
  void truncatedAndCutMessagesNameWhatIsWholeInThem() {
    byte[] truncated = TYPICAL.clone();
    truncated[2] |= 2;
    assertTrue(message.wrap(truncated, 0, truncated.length));
    assertEquals(2, message.addressCount());
    for (int length = 12; length < TYPICAL.length; length++) {
      byte[] prefix = Arrays.copyOf(TYPICAL, length);
      assertTrue(message.wrap(prefix, 0, length));
      assertEquals(length < TYPICAL.length - 32 ? 0 : 1, message.addressCount());
      assertEquals(Fault.CUT, message.fault());
    }
  }

  @Test
  void flippedBytesDoNotThrow() {
    Random random = new Random(9);
    int named = 0;
    for (int i = 0; i < 40_000; i++) {
      byte[] wire = TYPICAL.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        wire[2 + random.nextInt(wire.length - 2)] = (byte) random.nextInt(256);
      }
      assertTrue(message.wrap(wire, 0, wire.length));
      named += Described.addresses(message).size();
    }
    assertTrue(named > 20_000);
  }

  @Test
  void moreServersThanTheLimitAreSaid() {
    String[] fields = new String[258];
    fields[0] = "0001 8580 0001 0081 0000 007f";
    fields[1] = ASKS_MX;
    for (int i = 0; i < 129; i++) {
      String host = String.format("05'mx%03d' c00c", i);
      fields[2 + i] = "c00c 000f 0001 00000e10 000a 000a " + host;
      if (i < 127) {
        fields[131 + i] = host + "0001 0001 00000078 0004 c0000219";
      }
    }
    wrap(fields);
    assertEquals(127, message.addressCount());
    assertEquals(Fault.LIMITED, message.fault());
  }

  @Test
  void moreInstancesThanTheLimitAreSaid() {
    String others = "c00c 000c 0001 00000e10 0004 01'x' c00c ".repeat(128);
    wrap("0001 8580 0001 0081 0000 0002", ASKS_PTR, PTR, others, SRV_OF_HALL, A_OF_P1);
    assertAddresses("a p1.example.com p1.example.com 192.0.2.30 60");
    assertEquals(Fault.LIMITED, message.fault());
    wrap("0001 8580 0001 0081 0000 0002", ASKS_PTR, others, PTR, SRV_OF_HALL, A_OF_P1);
    assertAddresses();
    assertEquals(Fault.LIMITED, message.fault());
  }

  @Test
  void readingKnownServersAllocatesNothing() {
    long bytes = Allocation.of(100_000, () -> assertTrue(message.wrap(TYPICAL, 0, TYPICAL.length)));
    assertTrue(bytes < 10_000, () -> bytes + " bytes");
  }

  private void wrap(String... fields) {
    byte[] bytes = Hex.bytes(String.join("", fields));
    assertTrue(message.wrap(bytes, 0, bytes.length));
  }

  private void assertAddresses(String... lines) {
    assertEquals(List.of(lines), Described.addresses(message));
  }
}
