package imon.samples;

import static imon.quic.InitialWriter.crypto;
import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.LAPTOP_V6;
import static imon.samples.Network.internet;

import imon.quic.InitialWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** QUIC connections, each with another way to say hello. */
final class QuicSamples {
  /** What a client fills its datagrams with Initials up to (RFC 9000, section 14.1). */
  private static final int FULL = 1200;

  private static final int VERSION_1 = 1;
  private static final int DRAFT_27 = 0xff00001b;
  private static final int DRAFT_29 = 0xff00001d;

  /** A version nobody has, so that a server must negotiate (RFC 9000, section 15). */
  private static final int RESERVED = 0x3a4a5a6a;

  private static final String SALT_27 = "c3eef712c72ebb5a11a7d2432bb46365bef9f502";
  private static final String SALT_29 = "afbfec289993d24c9e9786f19c6111e04390a899";

  private static final byte[] PING = {1};
  private static final byte[] ACK = {2, 0, 0, 0, 0};

  private static final Name NEWS = Name.of("www", "kestrelnews.com");
  private static final Name FERRY = Name.of("www", "ferrylane.co.uk");
  private static final Name FILMS = Name.of("play", "lanternreel.tv");
  private static final Name CHAT = Name.of("edge-3.chat", "quillandquay.org");
  private static final Host SERVER = internet("203.0.113.10");
  private static final Host SERVER_V6 = internet("2001:db8:cd::10");

  private final Scene scene;
  private final byte[] firstId;
  private final byte[] clientId;
  private final byte[] serverId;

  private QuicSamples(long seed) {
    scene = new Scene(seed);
    firstId = scene.randomBytes(8);
    clientId = scene.randomBytes(5);
    serverId = scene.randomBytes(9);
  }

  static List<Sample> all() {
    return List.of(
        new QuicSamples(101).versions(),
        new QuicSamples(102).coalesced(),
        new QuicSamples(103).largeHello(),
        new QuicSamples(104).detours());
  }

  private Sample versions() {
    said(1, InitialWriter.version1(firstId), NEWS);
    said(2, InitialWriter.version2(firstId), FERRY);
    said(3, InitialWriter.of(DRAFT_29, SALT_29, firstId), FILMS);
    said(4, InitialWriter.of(DRAFT_27, SALT_27, firstId), CHAT);
    return sample("quic-versions.pcap", "QUIC version 1, version 2, drafts 29 and 27.");
  }

  private void said(double second, InitialWriter client, Name name) {
    byte[] hello = hello(name, false);
    QuicConversation talk = talk(name, second);
    talk.clientSends(client.from(clientId).padded(FULL, 0, crypto(hello, 0, hello.length)));
    talk.serverSends(answer()).goesOn();
  }

  private Sample coalesced() {
    byte[] hello = hello(NEWS, true);
    talk(NEWS, 1)
        .clientSends(
            client().packet(0, crypto(hello, 0, 300)),
            client().packet(1, crypto(hello, 300, 900)),
            early(90))
        .clientSends(client().padded(FULL, 2, crypto(hello, 900, hello.length)))
        .goesOn();
    byte[] small = hello(FERRY, false);
    talk(FERRY, 2)
        .clientSends(client().packet(0, crypto(small, 0, small.length)), early(700))
        .serverSends(answer(), InitialWriter.handshake(clientId, serverId, scene.randomBytes(400)))
        .goesOn();
    byte[] late = hello(FILMS, false);
    talk(FILMS, 3)
        .clientSends(early(900))
        .clientSends(client().padded(FULL, 0, crypto(late, 0, late.length)))
        .goesOn();
    return sample(
        "quic-coalesced.pcap",
        "Several packets in a datagram: two Initials and 0-RTT, Initial and 0-RTT; and 0-RTT"
            + " before all else.");
  }

  private Sample largeHello() {
    byte[] forth = hello(NEWS, true);
    talk(NEWS, 1)
        .clientSends(client().padded(FULL, 0, crypto(forth, 0, 700)))
        .clientSends(client().padded(FULL, 1, crypto(forth, 700, 1300)))
        .clientSends(client().padded(FULL, 2, crypto(forth, 1300, forth.length)))
        .goesOn();
    byte[] back = hello(FERRY, true);
    talk(FERRY, 2)
        .clientSends(client().padded(FULL, 2, crypto(back, 1300, back.length)))
        .clientSends(client().padded(FULL, 1, crypto(back, 700, 1300)))
        .clientSends(client().padded(FULL, 0, crypto(back, 0, 700)))
        .goesOn();
    scattered(hello(FILMS, true), talk(FILMS, 3));
    return sample(
        "quic-large-hello.pcap",
        "A post-quantum ClientHello over three packets, in order, last first, and in shuffled"
            + " overlapping frames.");
  }

  private void scattered(byte[] hello, QuicConversation talk) {
    List<byte[]> frames = new ArrayList<>();
    for (int at = 0; at < hello.length; at += 90) {
      frames.add(crypto(hello, Math.max(0, at - 7), Math.min(hello.length, at + 90)));
      frames.add(PING);
    }
    Collections.shuffle(frames, scene.random());
    int half = frames.size() / 2;
    talk.clientSends(client().padded(FULL, 0, array(frames.subList(0, half))));
    talk.clientSends(client().padded(FULL, 1, array(frames.subList(half, frames.size()))));
    talk.goesOn();
  }

  private Sample detours() {
    retried();
    negotiated();
    renamed();
    return sample(
        "quic-detours.pcap",
        "Retry with a token, Version Negotiation first, and a hello of which half goes to the"
            + " server's own connection id.");
  }

  /** After a Retry keys come from the id the server chose (RFC 9001, section 5.2). */
  private void retried() {
    byte[] hello = hello(NEWS, false);
    byte[] token = scene.randomBytes(60);
    byte[] retry =
        InitialWriter.join(
            InitialWriter.longHeader(0xf0, VERSION_1, clientId, serverId),
            token,
            scene.randomBytes(16));
    byte[] partOfHello = crypto(hello, 0, 100);
    talk(NEWS, 1)
        .clientSends(client().padded(FULL, 0, partOfHello))
        .serverSends(retry)
        .clientSends(
            InitialWriter.version1(serverId)
                .from(clientId)
                .withToken(token)
                .padded(FULL, 1, crypto(hello, 0, hello.length)))
        .goesOn();
  }

  private void negotiated() {
    byte[] hello = hello(FERRY, false);
    byte[] unknown = InitialWriter.longHeader(0xc0, RESERVED, firstId, clientId);
    byte[] versions =
        InitialWriter.join(
            InitialWriter.longHeader(0x9a, 0, clientId, firstId),
            new Octets().u32(VERSION_1).u32(0x6b3343cfL).toArray());
    talk(FERRY, 2)
        .clientSends(unknown, scene.randomBytes(FULL - unknown.length))
        .serverSends(versions)
        .clientSends(client().padded(FULL, 0, crypto(hello, 0, hello.length)))
        .goesOn();
  }

  private void renamed() {
    byte[] hello = hello(FILMS, true);
    talk(FILMS, 3)
        .clientSends(client().padded(FULL, 0, crypto(hello, 0, 900)))
        .serverSends(answer())
        .clientSends(client().to(serverId).padded(FULL, 1, crypto(hello, 900, hello.length)))
        .goesOn();
  }

  private byte[] hello(Name name, boolean large) {
    return TlsMessages.clientHello(name.host(), large, scene.random());
  }

  private InitialWriter client() {
    return InitialWriter.version1(firstId).from(clientId);
  }

  private byte[] answer() {
    return InitialWriter.server(firstId).to(clientId).from(serverId).padded(FULL, 0, ACK);
  }

  private byte[] early(int size) {
    return InitialWriter.zeroRtt(firstId, clientId, scene.randomBytes(size));
  }

  /** Films are watched over IPv6. */
  private QuicConversation talk(Name name, double second) {
    boolean v6 = name.equals(FILMS);
    Host client = v6 ? LAPTOP_V6 : LAPTOP;
    return new QuicConversation(scene, client, v6 ? SERVER_V6 : SERVER, Naming.quic(name), second);
  }

  private static byte[][] array(List<byte[]> frames) {
    return frames.toArray(new byte[0][]);
  }

  private Sample sample(String file, String shows) {
    return Sample.pcap(file, shows, Link.ETHERNET.type(), scene.trace());
  }
}
