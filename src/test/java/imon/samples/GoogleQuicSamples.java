package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.internet;

import imon.quic.InitialWriter;
import java.nio.ByteOrder;
import java.util.Arrays;

/** QUIC as Google spoke it before there was a standard: a hello of tags, later protected. */
final class GoogleQuicSamples {
  private static final String SALT_Q050 = "504574efd066fe2f9d945cfcdbd3a7f0d3b56b45";
  private static final String SALT_T051 = "7a4edef4e7ccee5fa4506c19124fc8ccda6e033d";
  private static final int CRYPTO = 8;
  private static final int FULL = 1200;

  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name FILMS = Name.of("play", "lanternreel.tv");
  private static final Name CHAT = Name.of("edge-3.chat", "quillandquay.org");
  private static final Host SERVER = internet("203.0.113.11");

  private final Scene scene = new Scene(105);
  private final byte[] id = scene.randomBytes(8);

  private GoogleQuicSamples() {}

  static Sample sample() {
    GoogleQuicSamples story = new GoogleQuicSamples();
    story.clear(1, NEWS, story.publicHeader());
    story.clear(2, FERRY, story.longHeader());
    story.guarded();
    story.withTls();
    return Sample.pcap(
        "quic-google.pcap",
        "Google QUIC: clear hellos of Q043 and Q046, a protected one of Q050 over two packets, TLS"
            + " in T051.",
        Link.ETHERNET.type(),
        story.scene.trace());
  }

  /** Flags (version and id present), id, version, a short packet number. */
  private byte[] publicHeader() {
    return new Octets().u8(0x09).bytes(id).text("Q043").u8(1).toArray();
  }

  /** Flags, version, lengths of both ids, one id, packet number. */
  private byte[] longHeader() {
    return new Octets().u8(0xc3).text("Q046").u8(0x50).bytes(id).u32(1).toArray();
  }

  private void clear(double second, Name name, byte[] header) {
    byte[] hello = hello(name);
    byte[] datagram =
        new Octets()
            .bytes(header)
            .bytes(scene.randomBytes(12))
            .u16(0xa001)
            .counted16(hello)
            .zeros(40)
            .toArray();
    talk(name, second).clientSends(datagram).goesOn();
  }

  private void guarded() {
    byte[] hello = hello(FILMS);
    InitialWriter client = InitialWriter.of(version("Q050"), SALT_Q050, id);
    talk(FILMS, 3)
        .clientSends(client.padded(FULL, 1, frame(hello, 0, 500)))
        .clientSends(client.padded(FULL, 2, frame(hello, 500, hello.length)))
        .goesOn();
  }

  private void withTls() {
    byte[] hello = TlsMessages.clientHello(CHAT.host(), false, scene.random());
    InitialWriter client = InitialWriter.of(version("T051"), SALT_T051, id);
    talk(CHAT, 4).clientSends(client.padded(FULL, 1, frame(hello, 0, hello.length))).goesOn();
  }

  /** The standard's CRYPTO frame under Google's number. */
  private static byte[] frame(byte[] message, int from, int to) {
    byte[] frame = InitialWriter.crypto(message, from, to);
    frame[0] = CRYPTO;
    return frame;
  }

  /** A hello with padding, server name, version and a nonce: tags with the ends of their values. */
  private byte[] hello(Name name) {
    byte[] padding = new byte[700];
    Arrays.fill(padding, (byte) '-');
    int named = padding.length + name.host().length();
    byte[] nonce = scene.randomBytes(32);
    return new Octets(ByteOrder.LITTLE_ENDIAN)
        .text("CHLO")
        .u16(4)
        .u16(0)
        .text("PAD\0")
        .u32(padding.length)
        .text("SNI\0")
        .u32(named)
        .text("VER\0")
        .u32(named + 4)
        .text("NONC")
        .u32(named + 4 + nonce.length)
        .bytes(padding)
        .text(name.host())
        .text("Q046")
        .bytes(nonce)
        .toArray();
  }

  private static int version(String letters) {
    int number = 0;
    for (int i = 0; i < letters.length(); i++) {
      number = number << 8 | letters.charAt(i);
    }
    return number;
  }

  private QuicConversation talk(Name name, double second) {
    return new QuicConversation(scene, LAPTOP, SERVER, Naming.quic(name), second);
  }
}
