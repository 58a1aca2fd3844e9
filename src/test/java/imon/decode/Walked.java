package imon.decode;

import imon.pcap.AnomalyCounts;
import imon.testing.Hex;
import imon.wire.Addresses;
import imon.wire.Bytes;

/** A packet, walked to its innermost IP header. */
final class Walked {
  /** Bytes before the packet, so that offsets that forget its start are found out. */
  static final int BEFORE = 5;

  private final byte[] bytes;
  private final AnomalyCounts anomalies = new AnomalyCounts();
  private final NetworkWalk walk = new NetworkWalk(anomalies);
  private final int network;

  private Walked(int linkType, byte[] bytes) {
    this.bytes = bytes;
    network = walk.walk(bytes, BEFORE, bytes.length, linkType, 1);
  }

  static Walked of(int linkType, String fields) {
    return new Walked(linkType, Hex.bytes("ee".repeat(BEFORE) + fields));
  }

  NetworkWalk walk() {
    return walk;
  }

  AnomalyCounts anomalies() {
    return anomalies;
  }

  /** Source and destination of the innermost IP header, or which other answer the walk gave. */
  String pair() {
    if (network < 0) {
      return network == NetworkWalk.NON_IP ? "non-ip" : "undecodable";
    }
    return bytes[network] >> 4 == 4
        ? ipv4(network + 12) + " > " + ipv4(network + 16)
        : ipv6(network + 8) + " > " + ipv6(network + 24);
  }

  private String ipv4(int at) {
    return Addresses.text(0, Addresses.mapped(Bytes.i32(bytes, at)));
  }

  private String ipv6(int at) {
    return Addresses.text(Bytes.i64(bytes, at), Bytes.i64(bytes, at + 8));
  }
}
