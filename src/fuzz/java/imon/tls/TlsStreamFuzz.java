package imon.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imon.fuzz.Seeds;
import imon.fuzz.Slices;
import imon.name.NameTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Both sides' first bytes of TLS over TCP, and the talk before STARTTLS. */
class TlsStreamFuzz {
  private final NameTable names = new NameTable();
  private final ClientHello hello = new ClientHello(names);
  private final ServerCertificate certificate = new ServerCertificate(names);
  private final StartTls startTls = new StartTls();

  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>(Seeds.streams());
    byte[] message = Hello.message(Hello.GREASE, Hello.GROUPS, Hello.sni("www.example.com"));
    seeds.add(message);
    seeds.add(Hello.records(message, 20));
    seeds.add(Hello.record(Hello.ECH, Hello.sni("www.example.com"), Hello.ALPN));
    seeds.add(Certificates.oldFlight());
    seeds.add(Certificates.newFlight());
    return seeds;
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void aStreamIsReadWithinItsBytesAndAVerdictIsKept(byte[] input) {
    String client = Slices.readAnywhere(input, this::readHello);
    Slices.readAnywhere(input, this::readMessage);
    String server = Slices.readAnywhere(input, this::readCertificate);
    String talk = Slices.readAnywhere(input, this::readTalk);
    if (input.length > 0) {
      byte[] start = Arrays.copyOf(input, ((input[input.length - 1] & 0xff) * input.length) >> 8);
      assertKept(readHello(start, 0, start.length), client);
      assertKept(readCertificate(start, 0, start.length), server);
      String earlierTalk = readTalk(start, 0, start.length);
      // One byte may look like a hello, and the next not: only a refusal is final here.
      assertKept(earlierTalk.startsWith("HELLO") ? "INCOMPLETE" : earlierTalk, talk);
    }
  }

  /** What more bytes do not change, by the documentation of the verdicts. */
  private static void assertKept(String verdict, String later) {
    if (!verdict.startsWith("INCOMPLETE")) {
      assertEquals(verdict, later);
    }
  }

  private String readHello(byte[] buffer, int offset, int limit) {
    ClientHello.Verdict verdict = hello.read(buffer, offset, limit);
    assertTrue(
        verdict != ClientHello.Verdict.INCOMPLETE
            || hello.bytesNeeded() > limit - offset
            || hello.bytesNeeded() == 0,
        "waits for bytes that are there");
    return verdict + " " + hello.serverName();
  }

  private String readMessage(byte[] buffer, int offset, int limit) {
    return hello.readMessage(buffer, offset, limit)
        + " "
        + hello.serverName()
        + " "
        + hello.hasEncryptedClientHello()
        + " "
        + hello.isWhole();
  }

  private String readCertificate(byte[] buffer, int offset, int limit) {
    StringBuilder said = new StringBuilder();
    said.append(certificate.read(buffer, offset, limit));
    assertTrue(certificate.nameCount() <= ServerCertificate.MAX_NAMES, "names");
    for (int i = 0; i < certificate.nameCount(); i++) {
      said.append(' ').append(certificate.name(i)).append(certificate.isWildcard(i) ? "*" : "");
    }
    return said.toString();
  }

  private String readTalk(byte[] buffer, int offset, int limit) {
    StartTls.Verdict verdict = startTls.read(buffer, offset, limit);
    assertTrue(startTls.helloOffset() >= offset && startTls.helloOffset() <= limit, "hello");
    return verdict + " " + startTls.protocol() + " " + (startTls.helloOffset() - offset);
  }
}
