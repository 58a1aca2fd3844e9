package imon.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.testing.CapturedStreams;
import imon.testing.RealCaptures;
import imon.tls.ServerCertificate.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the readers make of real traffic, beside what Java's own parser makes of it. */
class RealTlsTest {
  private static final int DNS_NAME = 2;

  private final NameTable table = new NameTable();
  private final ServerCertificate certificate = new ServerCertificate(table);

  @Test
  void realCertificatesNameWhatJavaFindsInThem() throws IOException {
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    int compared = 0;
    for (RealCaptures.Totals totals : RealCaptures.totals()) {
      for (byte[] stream : CapturedStreams.of(totals.path()).tcp().values()) {
        verdicts.merge(certificate.read(stream, 0, stream.length), 1, Integer::sum);
        Set<String> expected = dnsNames(leaf(stream));
        if (!expected.isEmpty()) {
          assertEquals(expected, names(), totals.capture());
          compared++;
        }
      }
    }
    assertFalse(verdicts.containsKey(Verdict.MALFORMED), verdicts::toString);
    assertTrue(compared > 100, "compared " + compared);
  }

  @Test
  void realHellosInDatagramsAreRead() throws IOException {
    DtlsHello hello = new DtlsHello(table);
    Map<ClientHello.Verdict, Integer> verdicts = new EnumMap<>(ClientHello.Verdict.class);
    for (RealCaptures.Totals totals : RealCaptures.totals()) {
      for (List<byte[]> datagrams : CapturedStreams.of(totals.path()).udp().values()) {
        DtlsFragments fragments = new DtlsFragments();
        for (byte[] datagram : datagrams) {
          verdicts.merge(hello.read(fragments, datagram, 0, datagram.length), 1, Integer::sum);
        }
      }
    }
    assertFalse(verdicts.containsKey(ClientHello.Verdict.MALFORMED), verdicts::toString);
    assertTrue(verdicts.containsKey(ClientHello.Verdict.NAMELESS), verdicts::toString);
  }

  @Test
  void realTalkBeforeAHelloIsFoundWhereItIsAndNowhereElse() throws IOException {
    StartTls startTls = new StartTls();
    Set<String> found = new TreeSet<>();
    for (RealCaptures.Totals totals : RealCaptures.totals()) {
      for (byte[] stream : CapturedStreams.of(totals.path()).tcp().values()) {
        if (startTls.read(stream, 0, stream.length) == StartTls.Verdict.HELLO) {
          found.add(totals.capture() + " " + startTls.protocol());
        }
      }
    }
    assertEquals(Set.of("mysql.pcapng MYSQL", "rdp_over_tls.pcap RDP"), found);
  }

  private Set<String> names() {
    Set<String> found = new TreeSet<>();
    for (int i = 0; i < certificate.nameCount(); i++) {
      found.add((certificate.isWildcard(i) ? "*." : "") + certificate.name(i));
    }
    return found;
  }

  /** What Java finds; nothing where it refuses the certificate. */
  private static Set<String> dnsNames(byte[] leaf) {
    Set<String> names = new TreeSet<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      X509Certificate parsed =
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(leaf));
      Collection<List<?>> alternatives = parsed.getSubjectAlternativeNames();
      for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (name.get(0).equals(DNS_NAME)) {
          names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
        }
      }
    } catch (CertificateException e) {
      return Set.of();
    }
    return names;
  }

  /** The first certificate of the first Certificate message; empty when it is not all there. */
  private static byte[] leaf(byte[] stream) {
    HandshakeRecords records = new HandshakeRecords();
    if (!ServerCertificate.looksLikeServerHello(stream, 0, stream.length)) {
      return new byte[0];
    }
    records.join(stream, 0, stream.length);
    byte[] bytes = Arrays.copyOf(records.bytes(), records.length());
    int at = 0;
    while (at + 10 <= bytes.length) {
      if (bytes[at] == 11) {
        int length = u24(bytes, at + 7);
        return at + 10 + length <= bytes.length
            ? Arrays.copyOfRange(bytes, at + 10, at + 10 + length)
            : new byte[0];
      }
      at += 4 + u24(bytes, at + 1);
    }
    return new byte[0];
  }

  private static int u24(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
  }
}
