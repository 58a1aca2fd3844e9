package imon.samples;

import static imon.samples.Network.LAPTOP;
import static imon.samples.Network.internet;

import java.nio.ByteOrder;

/**
 * What cannot be named is told by what it carries, whatever its port: what a client and a server
 * say first, in the least that is true to each protocol.
 */
final class ServiceSamples {
  private static final byte[] NOTHING = {};

  private final Scene scene = new Scene(193);
  private int flows;

  private ServiceSamples() {}

  static Sample sample() {
    ServiceSamples story = new ServiceSamples();
    story.tunnels();
    story.calls();
    story.peers();
    story.greetings();
    story.databases();
    story.screens();
    return Sample.pcap(
        "services.pcap",
        "Unresolved flows on ports of no meaning, told by their contents: WireGuard, OpenVPN, IPsec,"
            + " STUN, SIP, RTSP, BitTorrent, NTP, SSH, FTP, SMTP, VNC, RDP, MySQL, PostgreSQL,"
            + " Redis, MQTT, SMB.",
        Link.ETHERNET.type(),
        story.scene.trace());
  }

  private void tunnels() {
    datagrams(
        "wireguard",
        new Octets().u32(0x0100_0000L).bytes(scene.randomBytes(144)).toArray(),
        new Octets().u32(0x0200_0000L).bytes(scene.randomBytes(88)).toArray());
    byte[] session = scene.randomBytes(8);
    byte[] answering = scene.randomBytes(8);
    datagrams(
        "openvpn",
        new Octets().u8(7 << 3).bytes(session).u8(0).u32(0).toArray(),
        new Octets().u8(8 << 3).bytes(answering).u8(1).u32(0).bytes(session).u32(0).toArray());
    byte[] payload = scene.randomBytes(100);
    byte[] exchange =
        new Octets()
            .bytes(session)
            .zeros(8)
            .u8(33)
            .u8(0x20)
            .u8(34)
            .u8(8)
            .u32(0)
            .u32(28 + payload.length)
            .bytes(payload)
            .toArray();
    datagrams("ipsec", exchange, scene.randomBytes(120));
  }

  private void calls() {
    byte[] transaction = scene.randomBytes(12);
    byte[] cookie = new Octets().u32(0x2112_a442L).bytes(transaction).toArray();
    datagrams(
        "stun",
        new Octets().u16(1).u16(0).bytes(cookie).toArray(),
        new Octets().u16(0x0101).u16(12).bytes(cookie).u16(0x20).u16(8).zeros(8).toArray());
    datagrams(
        "sip",
        text("OPTIONS sip:quay@203.0.113.9 SIP/2.0\r\nVia: SIP/2.0/UDP 192.168.1.20\r\n\r\n"),
        text("SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n"));
    stream(
        "rtsp",
        text("DESCRIBE rtsp://203.0.113.9/cam RTSP/1.0\r\nCSeq: 1\r\n\r\n"),
        text("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n"));
  }

  private void peers() {
    byte[] handshake =
        new Octets()
            .u8(19)
            .text("BitTorrent protocol")
            .zeros(8)
            .bytes(scene.randomBytes(40))
            .toArray();
    stream("bittorrent", handshake, handshake);
    datagrams(
        "bittorrent",
        text("d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe"),
        text("d1:rd2:id20:mnopqrstuvwxyz123456e1:t2:aa1:y1:re"));
    byte[] time = scene.randomBytes(8);
    datagrams(
        "ntp",
        new Octets().u8(0x23).zeros(39).bytes(time).toArray(),
        new Octets().u32(0x2402_06ecL).zeros(36).bytes(time).toArray());
  }

  private void greetings() {
    byte[] shell = text("SSH-2.0-Sample_1.0\r\n");
    stream("ssh", shell, shell);
    greeted("ftp", "220 FTP server ready\r\n", "USER visitor\r\n");
    greeted("smtp", "220 smtp.tidepost.org ESMTP\r\n", "EHLO laptop\r\n");
    greeted("vnc", "RFB 003.008\n", "RFB 003.008\n");
  }

  private void databases() {
    byte[] greeting =
        new Octets(ByteOrder.LITTLE_ENDIAN)
            .u24(72)
            .u8(0)
            .u8(10)
            .text("8.0.36\0")
            .zeros(64)
            .toArray();
    stream("mysql", NOTHING, greeting);
    byte[] parameters = text("user\0rows\0database\0rows\0\0");
    byte[] startup =
        new Octets().u32(8L + parameters.length).u32(0x0003_0000L).bytes(parameters).toArray();
    stream("postgresql", startup, new Octets().u8('R').u32(8).u32(0).toArray());
    stream("redis", text("*1\r\n$4\r\nPING\r\n"), text("+PONG\r\n"));
    byte[] connect =
        new Octets().u8(0x10).u8(18).counted16(text("MQTT")).u32(0x0402_003cL).toArray();
    byte[] named = new Octets().bytes(connect).counted16(text("laptop")).toArray();
    stream("mqtt", named, new Octets().u32(0x2002_0000L).toArray());
  }

  private void screens() {
    byte[] negotiation = new Octets().u8(1).u8(0).u8(8).u8(0).u8(3).zeros(3).toArray();
    stream(
        "rdp",
        new Octets().u32(0x0300_0013L).u8(14).u8(0xe0).zeros(5).bytes(negotiation).toArray(),
        scene.randomBytes(19));
    byte[] message = new Octets().text("\u00feSMB").u16(64).zeros(58).toArray();
    stream("smb", new Octets().u32(message.length).bytes(message).toArray(), NOTHING);
  }

  private void datagrams(String service, byte[] up, byte[] down) {
    ExpectedFlow flow = ExpectedFlow.udp(LAPTOP.port(scene.freePort()), server()).service(service);
    scene.datagram(flow, true, Scene.at(flows), up);
    scene.datagram(flow, false, Scene.at(flows + 0.02), down);
  }

  /** The client speaks first. */
  private void stream(String service, byte[] up, byte[] down) {
    talk(service).clientSends(up).serverSends(down).close();
  }

  private void greeted(String service, String greeting, String reply) {
    talk(service).serverSends(text(greeting)).clientSends(text(reply)).close();
  }

  private TcpConversation talk(String service) {
    ExpectedFlow flow = ExpectedFlow.tcp(LAPTOP.port(scene.freePort()), server()).service(service);
    return new TcpConversation(scene, flow, Scene.at(flows)).open();
  }

  /** Another one each time, at a port that is nobody's. */
  private Endpoint server() {
    flows++;
    return internet("192.0.2." + (100 + flows)).port(20_000 + flows);
  }

  private static byte[] text(String text) {
    return new Octets().text(text).toArray();
  }
}
