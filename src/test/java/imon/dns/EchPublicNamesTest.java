package imon.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.testing.Hex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.HTTPSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class EchPublicNamesTest {
  private static final String PUBLIC = "cloudflare-ech.com";

  private final DnsMessage message = new DnsMessage(new NameTable());

  @Test
  void thePublicNameStandsBesideTheNameAsked() {
    wrap("www.example.com.", list(config("fe0d", PUBLIC)));
    assertEch("www.example.com cloudflare-ech.com 300");
    assertEquals(1, message.addressCount(), "the hint is an address, the public name is none");
    assertEquals(Fault.NONE, message.fault());
  }

  @Test
  void everyConfigurationOfAKnownVersionIsRead() {
    wrap(
        "www.example.com.",
        list(config("fe0d", PUBLIC), config("fe0a", "old"), config("fe0d", "ech.example")));
    assertEch("www.example.com cloudflare-ech.com 300", "www.example.com ech.example 300");
  }

  @Test
  void aPortBeforeTheNameIsNoPartOfIt() {
    wrap("_8443._https.www.example.com.", list(config("fe0d", PUBLIC)));
    assertEch("www.example.com cloudflare-ech.com 300");
    assertEquals("www.example.com", message.questionName());
    assertEquals("www.example.com", message.askedName(0));
    wrap("_8443._http.www.example.com.", list(config("fe0d", PUBLIC)));
    assertEquals("_8443._http.www.example.com", message.questionName());
  }

  @Test
  void aBrokenListKeepsTheNamesBeforeTheFault() {
    byte[] good = config("fe0d", PUBLIC);
    byte[] both = list(good, Hex.bytes("fe0d 0040 01"));
    wrap("www.example.com.", both);
    assertEch("www.example.com cloudflare-ech.com 300");
    assertEquals(Fault.MALFORMED, message.fault());
    byte[] wrongLength = list(good);
    wrongLength[1]++;
    wrap("www.example.com.", wrongLength);
    assertEch();
    assertEquals(Fault.MALFORMED, message.fault());
  }

  @Test
  void everyPrefixOfAConfigurationIsReadWithinItsBounds() {
    byte[] good = list(config("fe0d", PUBLIC));
    EchConfigs configs = new EchConfigs(new NameTable());
    for (int length = 0; length < good.length; length++) {
      byte[] prefix = Arrays.copyOf(good, length);
      if (length >= 2) {
        prefix[1] = (byte) (length - 2);
      }
      if (length >= 6) {
        prefix[5] = (byte) (length - 6);
      }
      configs.wrap(prefix, 0, length);
      boolean named = configs.nextPublicName() != null;
      assertEquals(length >= good.length - 2, named, "at " + length);
      assertEquals(!named && length != 2, configs.isMalformed(), "at " + length);
    }
  }

  private void wrap(String asked, byte[] configs) {
    Name owner = Name.fromConstantString(asked);
    Message response = new Message(7);
    response.getHeader().setFlag(Flags.QR);
    response.addRecord(Record.newRecord(owner, Type.HTTPS, DClass.IN), Section.QUESTION);
    List<SVCBBase.ParameterBase> parameters = new ArrayList<>();
    parameters.add(hint());
    parameters.add(new SVCBBase.ParameterEch(configs));
    response.addRecord(
        new HTTPSRecord(owner, DClass.IN, 300, 1, Name.root, parameters), Section.ANSWER);
    byte[] wire = response.toWire();
    assertTrue(message.wrap(wire, 0, wire.length));
  }

  private static SVCBBase.ParameterBase hint() {
    try {
      SVCBBase.ParameterIpv4Hint hint = new SVCBBase.ParameterIpv4Hint();
      hint.fromString("192.0.2.1");
      return hint;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Key 01, KEM 0020, a key of 4 bytes, one suite, at most 64 bytes of name, no extensions. */
  private static byte[] config(String version, String publicName) {
    String name = String.format("%02x '%s'", publicName.length(), publicName);
    byte[] contents = Hex.bytes("01 0020 0004 a1a2a3a4 0004 00010001 40" + name + "0000");
    return concat(Hex.bytes(version), length(contents.length), contents);
  }

  private static byte[] list(byte[]... configs) {
    byte[] all = concat(configs);
    return concat(length(all.length), all);
  }

  private static byte[] length(int bytes) {
    return new byte[] {(byte) (bytes >>> 8), (byte) bytes};
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private void assertEch(String... lines) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < message.echCount(); i++) {
      found.add(message.echAskedName(i) + " " + message.echPublicName(i) + " " + message.echTtl(i));
    }
    assertEquals(List.of(lines), found);
  }
}
