package imon.pcap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that a reader gave out for one capture, copied. */
record ReadCapture(List<Packet> packets, CaptureSummary summary) {
  record Packet(long number, String bytes, int wireLength, int linkType, long time) {}

  static ReadCapture of(byte[] file) throws IOException {
    return of(CaptureReader.open(new ByteArrayInputStream(file), "test"), new Block());
  }

  static ReadCapture of(CaptureBuilder file) throws IOException {
    return of(file.build());
  }

  static ReadCapture of(Path file) throws IOException {
    return of(CaptureReader.open(file), new Block());
  }

  /** Reads {@code file} with a block that is filled up to so many bytes. */
  static ReadCapture withBlockOf(int fillBytes, byte[] file) throws IOException {
    return of(CaptureReader.open(new ByteArrayInputStream(file), "test"), new Block(fillBytes));
  }

  static ReadCapture of(InputStream stream) throws IOException {
    return of(CaptureReader.open(stream, "test"), new Block());
  }

  private static ReadCapture of(CaptureReader reader, Block block) throws IOException {
    List<Packet> packets = new ArrayList<>();
    try (reader) {
      while (reader.read(block)) {
        for (int i = 0; i < block.count(); i++) {
          packets.add(packet(block, i));
        }
      }
      return new ReadCapture(packets, reader.summary());
    }
  }

  private static Packet packet(Block block, int index) {
    return new Packet(
        block.packetNumber(index),
        new String(
            block.bytes(),
            block.start(index),
            block.capturedLength(index),
            StandardCharsets.ISO_8859_1),
        block.wireLength(index),
        block.linkType(index),
        block.time(index));
  }

  List<String> bytes() {
    return packets.stream().map(Packet::bytes).toList();
  }

  List<Long> times() {
    return packets.stream().map(Packet::time).toList();
  }

  List<Integer> wireLengths() {
    return packets.stream().map(Packet::wireLength).toList();
  }
}
