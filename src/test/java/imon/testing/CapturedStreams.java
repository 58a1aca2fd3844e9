package imon.testing;

import imon.decode.Dealer;
import imon.decode.Packet;
import imon.pcap.AnomalyCounts;
import imon.pcap.Block;
import imon.pcap.CaptureReader;
import imon.wire.IpProtocol;
import imon.wire.TcpSegment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a capture carries above TCP and UDP, put in order without regard to speed: the contiguous
 * first bytes of every TCP direction, from its SYN or else its first segment on, and every
 * datagram.
 */
public final class CapturedStreams {
  private static final int STREAM_LIMIT = 1 << 20;

  /** Addresses and ports, from sender to receiver. */
  public record Direction(
      long sourceHigh,
      long sourceLow,
      int sourcePort,
      long destinationHigh,
      long destinationLow,
      int destinationPort) {
    /** The other direction of the same connection. */
    public Direction reversed() {
      return new Direction(
          destinationHigh, destinationLow, destinationPort, sourceHigh, sourceLow, sourcePort);
    }
  }

  private final Map<Direction, Segments> segments = new LinkedHashMap<>();
  private final Map<Direction, List<byte[]>> datagrams = new LinkedHashMap<>();

  private static final class Segments {
    private final TreeMap<Integer, byte[]> bySequence = new TreeMap<>();
    private int base;
    private boolean based;

    void add(int sequence, boolean syn, byte[] payload) {
      if (!based) {
        base = syn ? sequence + 1 : sequence;
        based = true;
      }
      int start = sequence + (syn ? 1 : 0) - base;
      if (start >= 0 && start < STREAM_LIMIT && payload.length > 0) {
        bySequence.putIfAbsent(start, payload);
      }
    }

    byte[] contiguous() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (Map.Entry<Integer, byte[]> segment : bySequence.entrySet()) {
        int seen = bytes.size() - segment.getKey();
        if (seen < 0) {
          break;
        }
        byte[] payload = segment.getValue();
        if (seen < payload.length) {
          bytes.write(payload, seen, payload.length - seen);
        }
      }
      return bytes.toByteArray();
    }
  }

  /** Reads a whole capture. */
  public static CapturedStreams of(Path capture) throws IOException {
    CapturedStreams streams = new CapturedStreams();
    Packet packet = new Packet(new AnomalyCounts());
    Dealer dealer = new Dealer();
    Block block = new Block();
    try (CaptureReader reader = CaptureReader.open(capture)) {
      while (reader.read(block)) {
        for (int i = 0; i < block.count(); i++) {
          if (dealer.deals(block, i) && packet.read(block, i, dealer) == Packet.Kind.FLOW) {
            streams.take(packet);
          }
        }
      }
    }
    return streams;
  }

  /** The first bytes of every TCP direction that has any. */
  public Map<Direction, byte[]> tcp() {
    Map<Direction, byte[]> streams = new LinkedHashMap<>();
    segments.forEach((direction, held) -> streams.put(direction, held.contiguous()));
    streams.values().removeIf(bytes -> bytes.length == 0);
    return streams;
  }

  /** The payloads of every UDP direction, in their order. */
  public Map<Direction, List<byte[]>> udp() {
    return datagrams;
  }

  private void take(Packet packet) {
    byte[] payload = new byte[packet.payloadLimit() - packet.payload()];
    System.arraycopy(packet.buffer(), packet.payload(), payload, 0, payload.length);
    TcpSegment tcp = packet.tcp();
    if (tcp != null) {
      segments
          .computeIfAbsent(direction(packet), key -> new Segments())
          .add(tcp.sequenceNumber(), tcp.isSyn(), payload);
    } else if (packet.protocol() == IpProtocol.UDP && payload.length > 0) {
      datagrams.computeIfAbsent(direction(packet), key -> new ArrayList<>()).add(payload);
    }
  }

  private static Direction direction(Packet packet) {
    return new Direction(
        packet.sourceHigh(),
        packet.sourceLow(),
        packet.sourcePort(),
        packet.destinationHigh(),
        packet.destinationLow(),
        packet.destinationPort());
  }
}
