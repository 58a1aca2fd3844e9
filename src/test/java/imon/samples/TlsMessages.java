package imon.samples;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** TLS records and handshake messages (RFC 8446, RFC 5246); what would be encrypted is random. */
final class TlsMessages {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION = 23;
  private static final int TLS_1_0 = 0x0301;
  private static final int TLS_1_2 = 0x0303;
  private static final int DTLS_1_2 = 0xfefd;
  private static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;
  private static final int LARGEST_RECORD = 16_384;
  private static final int X25519 = 0x001d;
  private static final int X25519_WITH_ML_KEM_768 = 0x11ec;

  private TlsMessages() {}

  /** A browser's ClientHello with a post-quantum key share: more than one segment. */
  static byte[] browserHello(@Nullable String serverName, Random random) {
    return record(HANDSHAKE, TLS_1_0, clientHello(serverName, true, random));
  }

  /** A ClientHello of some 250 bytes, as devices send it. */
  static byte[] deviceHello(@Nullable String serverName, Random random) {
    return record(HANDSHAKE, TLS_1_0, clientHello(serverName, false, random));
  }

  /** A browser's ClientHello cut into records of {@code size} bytes each. */
  static byte[] helloOverRecords(String serverName, int size, Random random) {
    return inRecords(clientHello(serverName, true, random), TLS_1_0, size);
  }

  /** A ClientHello with Encrypted ClientHello (RFC 9849), or something that looks like it. */
  static byte[] encryptedHello(String outerName, Random random) {
    Octets body = helloStart(TLS_1_2, random);
    byte[] sealed =
        new Octets()
            .u8(0)
            .u32(0x0001_0001L)
            .u8(random.nextInt(256))
            .counted16(bytes(random, 32))
            .counted16(bytes(random, 208))
            .toArray();
    byte[] extensions =
        Octets.concat(
            clientExtensions(outerName, false, random), extension(ENCRYPTED_CLIENT_HELLO, sealed));
    return record(HANDSHAKE, TLS_1_0, message(1, helloEnd(body, extensions)));
  }

  private static byte[] inRecords(byte[] messages, int version, int size) {
    Octets records = new Octets();
    for (int at = 0; at < messages.length; at += size) {
      byte[] part = Arrays.copyOfRange(messages, at, Math.min(messages.length, at + size));
      records.bytes(record(HANDSHAKE, version, part));
    }
    return records.toArray();
  }

  /** ServerHello of TLS 1.3 and the encrypted rest of the server's first flight. */
  static byte[] serverFlight(Random random) {
    return Octets.concat(
        record(HANDSHAKE, TLS_1_2, serverHello(true, random)),
        changeCipherSpec(),
        applicationRecords(2800 + random.nextInt(900), random));
  }

  /** ServerHello of TLS 1.2, a message like a certificate, and the end of the flight. */
  static byte[] oldServerFlight(Random random) {
    return certifiedFlight(bytes(random, 1100), random);
  }

  /** ServerHello of TLS 1.2, this certificate, and the end of the flight, a record each. */
  static byte[] certifiedFlight(byte[] certificate, Random random) {
    return Octets.concat(
        record(HANDSHAKE, TLS_1_2, serverHello(false, random)),
        record(HANDSHAKE, TLS_1_2, certificateMessage(certificate)),
        record(HANDSHAKE, TLS_1_2, message(14, new byte[0])));
  }

  /** The same, the messages cut into records of {@code size} bytes without regard to borders. */
  static byte[] certifiedFlight(byte[] certificate, int size, Random random) {
    byte[] messages =
        Octets.concat(
            serverHello(false, random), certificateMessage(certificate), message(14, new byte[0]));
    return inRecords(messages, TLS_1_2, size);
  }

  private static byte[] certificateMessage(byte[] certificate) {
    byte[] chain = new Octets().u24(certificate.length).bytes(certificate).toArray();
    return message(11, new Octets().u24(chain.length).bytes(chain).toArray());
  }

  /** What a client sends before its first request. */
  static byte[] clientFinished(Random random) {
    return Octets.concat(changeCipherSpec(), applicationRecords(53, random));
  }

  /** Records of application data with {@code length} bytes of content in all. */
  static byte[] applicationRecords(int length, Random random) {
    Octets records = new Octets();
    for (int left = length; left > 0; left -= LARGEST_RECORD) {
      records.bytes(record(APPLICATION, TLS_1_2, bytes(random, Math.min(left, LARGEST_RECORD))));
    }
    return records.toArray();
  }

  private static byte[] changeCipherSpec() {
    return record(CHANGE_CIPHER_SPEC, TLS_1_2, new byte[] {1});
  }

  private static byte[] record(int type, int version, byte[] content) {
    return new Octets().u8(type).u16(version).counted16(content).toArray();
  }

  private static byte[] message(int type, byte[] body) {
    return new Octets().u8(type).u24(body.length).bytes(body).toArray();
  }

  /** The message alone, without a record; a browser's has a post-quantum key share. */
  static byte[] clientHello(@Nullable String serverName, boolean browser, Random random) {
    Octets body = helloStart(TLS_1_2, random);
    return message(1, helloEnd(body, clientExtensions(serverName, browser, random)));
  }

  /** What DTLS puts into its ClientHello (RFC 6347, section 4.2.1), without any header. */
  static byte[] datagramHello(
      @Nullable String serverName, byte[] cookie, boolean browser, Random random) {
    Octets body = helloStart(DTLS_1_2, random).u8(cookie.length).bytes(cookie);
    return helloEnd(body, clientExtensions(serverName, browser, random));
  }

  private static Octets helloStart(int version, Random random) {
    return new Octets().u16(version).bytes(bytes(random, 32)).u8(32).bytes(bytes(random, 32));
  }

  private static byte[] helloEnd(Octets body, byte[] extensions) {
    byte[] suites = new Octets().u32(0x1301_1302L).u32(0x1303_c02bL).u32(0xc02f_c02cL).toArray();
    return body.counted16(suites).u16(0x0100).counted16(extensions).toArray();
  }

  /** Key shares come before the name, so that the name of a large hello is in a later segment. */
  private static byte[] clientExtensions(
      @Nullable String serverName, boolean browser, Random random) {
    Octets extensions = new Octets();
    extensions.bytes(extension(0x2a2a, new byte[0]));
    extensions.bytes(extension(43, new byte[] {4, 3, 4, 3, 3}));
    extensions.bytes(extension(51, new Octets().counted16(keyShares(browser, random)).toArray()));
    if (serverName != null) {
      extensions.bytes(extension(0, serverNameList(serverName)));
    }
    byte[] groups = new Octets().u16(X25519_WITH_ML_KEM_768).u16(X25519).u16(0x0017).toArray();
    extensions.bytes(extension(10, new Octets().counted16(groups).toArray()));
    byte[] signatures = new Octets().u32(0x0403_0804L).u32(0x0401_0503L).toArray();
    extensions.bytes(extension(13, new Octets().counted16(signatures).toArray()));
    byte[] protocols = new Octets().u8(2).text("h2").u8(8).text("http/1.1").toArray();
    extensions.bytes(extension(16, new Octets().counted16(protocols).toArray()));
    extensions.bytes(extension(45, new byte[] {1, 1}));
    extensions.bytes(extension(23, new byte[0]));
    if (browser) {
      extensions.bytes(extension(21, new byte[160]));
    }
    return extensions.toArray();
  }

  private static byte[] keyShares(boolean browser, Random random) {
    Octets shares = new Octets();
    if (browser) {
      shares.u16(X25519_WITH_ML_KEM_768).counted16(bytes(random, 1216));
    }
    return shares.u16(X25519).counted16(bytes(random, 32)).toArray();
  }

  private static byte[] serverNameList(String name) {
    byte[] host = name.getBytes(StandardCharsets.ISO_8859_1);
    byte[] entry = new Octets().u8(0).counted16(host).toArray();
    return new Octets().counted16(entry).toArray();
  }

  private static byte[] serverHello(boolean tls13, Random random) {
    byte[] share = new Octets().u16(X25519).counted16(bytes(random, 32)).toArray();
    byte[] extensions =
        tls13
            ? Octets.concat(extension(43, new byte[] {3, 4}), extension(51, share))
            : extension(23, new byte[0]);
    byte[] body =
        new Octets()
            .u16(TLS_1_2)
            .bytes(bytes(random, 32))
            .u8(32)
            .bytes(bytes(random, 32))
            .u16(tls13 ? 0x1301 : 0xc02f)
            .u8(0)
            .counted16(extensions)
            .toArray();
    return message(2, body);
  }

  private static byte[] extension(int type, byte[] content) {
    return new Octets().u16(type).counted16(content).toArray();
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
