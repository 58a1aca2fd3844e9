package imon.samples;

import java.util.Arrays;

/** HTTP/2 in the clear (RFC 9113) with header blocks that compress nothing (RFC 7541). */
final class Http2Messages {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int CONTINUATION = 9;

  private static final int END_STREAM = 0x01;
  private static final int END_HEADERS = 0x04;
  private static final int PADDED = 0x08;
  private static final int PRIORITY = 0x20;

  /** The static table's ":method GET", ":scheme http" and ":path /", whole. */
  private static final int GET_HTTP_ROOT = 0x828684;

  /** A literal with the name ":authority": 01 is not indexed, 41 is. */
  private static final int AUTHORITY = 0x01;

  private static final int AUTHORITY_KEPT = 0x41;

  private Http2Messages() {}

  /** What a client begins with: the preface and empty settings. */
  static byte[] preface() {
    return new Octets()
        .text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        .bytes(frame(SETTINGS, 0, 0, new byte[0]))
        .toArray();
  }

  static byte[] settings() {
    return frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** A request in one frame. */
  static byte[] request(int stream, String authority) {
    byte[] block = block(AUTHORITY, authority);
    return frame(HEADERS, END_STREAM | END_HEADERS, stream, block);
  }

  /** A request whose block is padded, has a priority, and goes on in a second frame. */
  static byte[] splitRequest(int stream, String authority) {
    byte[] block = block(AUTHORITY_KEPT, authority);
    int cut = block.length - 6;
    byte[] first =
        new Octets().u8(9).u32(0).u8(15).bytes(Arrays.copyOf(block, cut)).zeros(9).toArray();
    byte[] second = Arrays.copyOfRange(block, cut, block.length);
    return Octets.concat(
        frame(HEADERS, END_STREAM | PADDED | PRIORITY, stream, first),
        frame(CONTINUATION, END_HEADERS, stream, second));
  }

  /** ":status 200", and a body. */
  static byte[] response(int stream, int bodyLength) {
    return Octets.concat(
        frame(HEADERS, END_HEADERS, stream, new byte[] {(byte) 0x88}),
        frame(DATA, END_STREAM, stream, new byte[bodyLength]));
  }

  private static byte[] block(int representation, String authority) {
    return new Octets()
        .u24(GET_HTTP_ROOT)
        .u8(representation)
        .u8(authority.length())
        .text(authority)
        .toArray();
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return new Octets().u24(payload.length).u8(type).u8(flags).u32(stream).bytes(payload).toArray();
  }
}
