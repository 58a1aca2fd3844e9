package imon.pcap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes captures field by field, right or wrong ones. */
final class CaptureBuilder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ByteOrder order;

  CaptureBuilder(ByteOrder order) {
    this.order = order;
  }

  static CaptureBuilder little() {
    return new CaptureBuilder(ByteOrder.LITTLE_ENDIAN);
  }

  CaptureBuilder order(ByteOrder next) {
    order = next;
    return this;
  }

  CaptureBuilder pcapHeader(int magic, int linkType) {
    return words(magic).halves(2, 4).words(0, 0, 65535, linkType);
  }

  /** One record of pcap. */
  CaptureBuilder record(int seconds, int fraction, int original, String data) {
    return words(seconds, fraction, data.length(), original).text(data);
  }

  CaptureBuilder section() {
    return block(0x0a0d0d0a, inner().words(0x1a2b3c4d).halves(1, 0).words(-1, -1));
  }

  CaptureBuilder interfaceOf(int linkType, int snapLength, CaptureBuilder options) {
    return block(1, inner().halves(linkType, 0).words(snapLength).bytes(options.build()));
  }

  CaptureBuilder interfaceOf(int linkType) {
    return interfaceOf(linkType, 0, inner());
  }

  CaptureBuilder enhanced(int id, long ticks, int original, String data, CaptureBuilder options) {
    CaptureBuilder body = inner().words(id, (int) (ticks >>> 32), (int) ticks, data.length());
    return block(6, body.words(original).text(data).pad().bytes(options.build()));
  }

  CaptureBuilder enhanced(int id, long ticks, String data) {
    return enhanced(id, ticks, data.length(), data, inner());
  }

  CaptureBuilder simple(int original, String data) {
    return block(3, inner().words(original).text(data).pad());
  }

  CaptureBuilder obsolete(int id, int drops, long ticks, String data) {
    CaptureBuilder body = inner().halves(id, drops).words((int) (ticks >>> 32), (int) ticks);
    return block(2, body.words(data.length(), data.length()).text(data).pad());
  }

  CaptureBuilder statistics(int id, CaptureBuilder options) {
    return block(5, inner().words(id, 0, 0).bytes(options.build()));
  }

  CaptureBuilder option(int code, int length, byte[] value) {
    return halves(code, length).bytes(value).pad();
  }

  CaptureBuilder option(int code, long value) {
    return option(code, 8, ByteBuffer.allocate(8).order(order).putLong(value).array());
  }

  CaptureBuilder block(int type, CaptureBuilder body) {
    int length = body.out.size() + 12;
    return words(type, length).bytes(body.build()).words(length);
  }

  /** An empty builder of the same byte order. */
  CaptureBuilder inner() {
    return new CaptureBuilder(order);
  }

  CaptureBuilder words(int... values) {
    for (int value : values) {
      bytes(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }
    return this;
  }

  CaptureBuilder halves(int... values) {
    for (int value : values) {
      bytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }
    return this;
  }

  CaptureBuilder text(String text) {
    return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  CaptureBuilder pad() {
    return bytes(new byte[-out.size() & 3]);
  }

  CaptureBuilder bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  int size() {
    return out.size();
  }

  byte[] build() {
    return out.toByteArray();
  }
}
