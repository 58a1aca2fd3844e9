package imon.name.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.testing.Allocation;
import imon.testing.Hex;
import imon.wire.IpProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServiceProbeTest {
  private static final int TCP = IpProtocol.TCP;
  private static final int UDP = IpProtocol.UDP;
  private static final String HALVES = "20 '" + "EB".repeat(15) + "AA' 00";

  /** A first payload and what it is the start of. */
  record Start(Service service, int protocol, String fields) {
    byte[] bytes() {
      return Hex.bytes(fields);
    }
  }

  static Stream<Start> starts() {
    return Stream.of(texts(), streams(), datagrams()).flatMap(List::stream);
  }

  private static List<Start> texts() {
    String crlf = "0d0a";
    return List.of(
        new Start(Service.SSH, TCP, "'SSH-2.0-OpenSSH_9.2'" + crlf),
        new Start(Service.SMTP, TCP, "'220 mail.example.com ESMTP Postfix'" + crlf),
        new Start(Service.SMTP, TCP, "'EHLO pc.example.com'" + crlf),
        new Start(Service.FTP, TCP, "'220 (vsFTPd 3.0.5)' 0d0a"),
        new Start(Service.POP3, TCP, "'+OK POP3 server ready'" + crlf),
        new Start(Service.IMAP, TCP, "'* OK [CAPABILITY IMAP4rev1 STARTTLS] ready'" + crlf),
        new Start(Service.RTSP, TCP, "'OPTIONS rtsp://192.0.2.1/cam RTSP/1.0'" + crlf),
        new Start(Service.SIP, TCP, "'INVITE sip:a@example.com SIP/2.0'" + crlf),
        new Start(Service.SIP, UDP, "'REGISTER sip:example.com SIP/2.0'" + crlf),
        new Start(Service.HTTP, TCP, "'GET /a HTTP/1.1'" + crlf),
        new Start(Service.HTTP, TCP, "'HTTP/1.1 200 OK'" + crlf),
        new Start(Service.VNC, TCP, "'RFB 003.008' 0a"),
        new Start(Service.REDIS, TCP, "'*1' 0d0a '$4' 0d0a 'PING' 0d0a"),
        new Start(Service.SSDP, UDP, "'M-SEARCH * HTTP/1.1' 0d0a 'HOST: 239.255.255.250:1900'"),
        new Start(Service.SSDP, UDP, "'HTTP/1.1 200 OK' 0d0a 'EXT:' 0d0a 'ST: upnp:rootdevice'"));
  }

  private static List<Start> streams() {
    return List.of(
        new Start(Service.BITTORRENT, TCP, "13'BitTorrent protocol' 0000000000100005"),
        new Start(Service.TLS, TCP, "16 0301 0200 01 0001fc 0303" + "ab".repeat(32)),
        new Start(Service.SMB, TCP, "00 000054 fe'SMB' 4000" + "00".repeat(30)),
        new Start(Service.SMB, TCP, "00 000054 ff'SMB' 72" + "00".repeat(30)),
        new Start(Service.RDP, TCP, "03 00 0013 0e e0 0000 0000 00 01 00 0800 0b000000"),
        new Start(Service.RDP, TCP, "03 00 0024 1f e0 0000 0000 00 'Cookie: mstshash=anna-1' 0d0a"),
        new Start(Service.MYSQL, TCP, "0e000000 0a '8.0.36' 00 01000000 aabb"),
        new Start(Service.POSTGRESQL, TCP, "00000008 04d2162f"),
        new Start(Service.POSTGRESQL, TCP, "00000014 00030000 'user' 00 'anna' 00 00 00"),
        new Start(Service.MQTT, TCP, "10 10 0004'MQTT' 04 02 003c 0004'anna'"),
        new Start(Service.OPENVPN, TCP, "000e 38 0102030405060708 00 00000000"),
        new Start(
            Service.MEMCACHED,
            TCP,
            "80 00 0003 00 00 0000 00000003 00000000" + "00".repeat(8) + "'key'"),
        new Start(Service.MEMCACHED, TCP, "'STAT pid 8837' 0d0a"),
        new Start(Service.TEAMVIEWER, TCP, "1724 10 0400 00000000"),
        new Start(Service.NETBIOS_SESSION, TCP, "81 00 0044" + HALVES + HALVES),
        new Start(
            Service.DNS,
            TCP,
            "001d 1234 0100 0001 0000 0000 0000 07'example' 03'com' 00 0001 0001"),
        new Start(Service.STUN, TCP, "0003 0000 2112a442" + "ab".repeat(12)));
  }

  private static List<Start> datagrams() {
    return List.of(
        new Start(Service.STUN, UDP, "0001 0000 2112a442" + "ab".repeat(12)),
        new Start(
            Service.DTLS,
            UDP,
            "16 feff 0000 000000000000 0010 01 000004 0000 000000 000004 01020304"),
        new Start(Service.WIREGUARD, UDP, "01000000" + "ab".repeat(144)),
        new Start(Service.WIREGUARD, UDP, "02000000" + "ab".repeat(88)),
        new Start(Service.OPENVPN, UDP, "38 0102030405060708 00 00000000"),
        new Start(
            Service.OPENVPN, UDP, "40 0102030405060708 01 00000000 0807060504030201 00000000"),
        new Start(
            Service.OPENVPN,
            UDP,
            "50 0102030405060708 0f000001 5f000000" + "ab".repeat(37 + 298) + "012c"),
        new Start(
            Service.OPENVPN,
            UDP,
            "38 0102030405060708" + "ab".repeat(20) + "00000001 5f000000 00 00000000"),
        new Start(Service.OPENVPN, UDP, "38 0102030405060708 00000001 5f000000" + "ab".repeat(37)),
        new Start(
            Service.IPSEC, UDP, "0102030405060708 0000000000000000 21 20 22 08 00000000 0000001c"),
        new Start(
            Service.IPSEC,
            UDP,
            "00000000 0102030405060708 0000000000000000 01 10 02 00 00000000 0000001c"),
        new Start(Service.NTP, UDP, "23 00 06 ec" + "00".repeat(36) + "e1b2c3d4 00000001"),
        new Start(Service.DHCP, UDP, "01 01 06 00" + "00".repeat(232) + "63825363 350101ff"),
        new Start(
            Service.BITTORRENT, UDP, "'d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe'"),
        new Start(Service.BITTORRENT, UDP, "41 00 1234 5f000000 00000000 00100000 0001 0000"),
        new Start(
            Service.NETBIOS_NAME, UDP, "8001 0110 0001 0000 0000 0000" + HALVES + "0020 0001"),
        new Start(
            Service.NETBIOS_DATAGRAM, UDP, "11 0a 8002 c0000205 008a 0044 0000" + HALVES + HALVES),
        new Start(
            Service.DNS,
            UDP,
            "1234 0100 0001 0000 0000 0001 07'example' 03'com' 00 001c 0001 00 0029"),
        new Start(
            Service.DNS, UDP, "1234 8183 0001 0000 0001 0000 07'example' 03'com' 00 001c 0001"),
        new Start(Service.RTP, UDP, "80 c8 0006 0a0b0c0d" + "ab".repeat(20)),
        new Start(Service.RTP, UDP, "80 c9 0001 0a0b0c0d 81 ca 0002 0a0b0c0d 01 00 0000"));
  }

  @ParameterizedTest
  @MethodSource("starts")
  void aServiceIsKnownByItsFirstBytes(Start start) {
    byte[] bytes = start.bytes();
    assertEquals(start.service(), ServiceProbe.of(start.protocol(), bytes, 0, bytes.length));
    byte[] inside = new byte[bytes.length + 10];
    Arrays.fill(inside, (byte) 0x5a);
    System.arraycopy(bytes, 0, inside, 5, bytes.length);
    assertEquals(start.service(), ServiceProbe.of(start.protocol(), inside, 5, 5 + bytes.length));
  }

  @ParameterizedTest
  @MethodSource("starts")
  void aCutStartIsThatServiceOrUnknown(Start start) {
    byte[] bytes = start.bytes();
    for (int length = 0; length < bytes.length; length++) {
      Service found = ServiceProbe.of(start.protocol(), Arrays.copyOf(bytes, length), 0, length);
      assertTrue(found == null || found == start.service(), "at " + length + ": " + found);
    }
  }

  @Test
  void everyServiceHasAStartHere() {
    Set<Service> shown = new HashSet<>();
    starts().forEach(start -> shown.add(start.service()));
    assertEquals(Set.of(Service.values()), shown);
  }

  @Test
  void codesAndLabelsAreDistinct() {
    Set<Integer> codes = new HashSet<>();
    Set<String> labels = new HashSet<>();
    for (Service service : Service.values()) {
      assertTrue(codes.add(service.code()) && labels.add(service.label()), service::label);
    }
  }

  @Test
  void noiseIsHardlyEverAService() {
    Random random = new Random(1);
    int found = 0;
    for (int i = 0; i < 1_000_000; i++) {
      byte[] noise = new byte[random.nextInt(160)];
      random.nextBytes(noise);
      found += ServiceProbe.of(i % 2 == 0 ? TCP : UDP, noise, 0, noise.length) == null ? 0 : 1;
    }
    int services = found;
    assertTrue(services < 20, () -> services + " of a million");
  }

  @Test
  void flippedBytesDoNotThrow() {
    List<Start> all = starts().toList();
    Random random = new Random(2);
    int known = 0;
    for (int i = 0; i < 300_000; i++) {
      Start start = all.get(random.nextInt(all.size()));
      byte[] bytes = start.bytes();
      for (int f = 0; f < 3; f++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int offset = random.nextInt(3);
      int limit = bytes.length - random.nextInt(2);
      int protocol = random.nextBoolean() ? TCP : UDP;
      known += ServiceProbe.of(protocol, bytes, offset, limit) == null ? 0 : 1;
    }
    assertTrue(known > 10_000);
  }

  @Test
  void neighboursOfAServiceAreNotTakenForIt() {
    List<Start> others = new ArrayList<>();
    others.add(new Start(Service.WIREGUARD, UDP, "01000000" + "ab".repeat(143)));
    others.add(new Start(Service.NTP, UDP, "23 00 06 ec" + "00".repeat(44)));
    others.add(
        new Start(
            Service.IPSEC, UDP, "0102030405060708 0000000000000000 21202208 00000000 0000001d"));
    others.add(
        new Start(
            Service.DNS, UDP, "1234 0100 0002 0000 0000 0000 07'example' 03'com' 00 0001 0001"));
    others.add(new Start(Service.RTP, UDP, "80 00 0006 0a0b0c0d" + "ab".repeat(20)));
    others.add(new Start(Service.SMTP, TCP, "'220 welcome' 0d0a"));
    others.add(new Start(Service.HTTP, TCP, "'get / HTTP/1.1' 0d0a"));
    others.add(new Start(Service.MYSQL, TCP, "0f000000 0a '8.0.36' 00 01000000 aabb"));
    for (Start other : others) {
      byte[] bytes = other.bytes();
      assertNull(ServiceProbe.of(other.protocol(), bytes, 0, bytes.length), other::fields);
    }
    assertNull(ServiceProbe.of(IpProtocol.SCTP, Hex.bytes("'SSH-2.0-x' 0d0a"), 0, 11));
  }

  @Test
  void askingAllocatesNothing() {
    List<byte[]> all = starts().map(Start::bytes).toList();
    long bytes =
        Allocation.of(
            2_000,
            () -> {
              for (int i = 0; i < all.size(); i++) {
                ServiceProbe.of(i < 31 ? TCP : UDP, all.get(i), 0, all.get(i).length);
              }
            });
    assertTrue(bytes < 10_000, () -> bytes + " bytes");
  }
}
