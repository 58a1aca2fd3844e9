package imon.samples;

import java.nio.charset.StandardCharsets;

/** HTTP/1.1 requests and responses (RFC 9112). */
final class HttpMessages {
  private HttpMessages() {}

  /** A GET request; the host stands in it as it is given, whatever it holds. */
  static byte[] request(String path, String host) {
    String text =
        "GET "
            + path
            + " HTTP/1.1\r\nUser-Agent: samples/1\r\nAccept: */*\r\nHost: "
            + host
            + "\r\nConnection: keep-alive\r\n\r\n";
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A response with a body of so many spaces. */
  static byte[] response(int bodyLength) {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + bodyLength + "\r\n\r\n";
    return (head + " ".repeat(bodyLength)).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A request to a proxy, without a body. */
  static byte[] proxied(String method, String host) {
    return bytes(
        method + " http://" + host + "/ HTTP/1.1\r\nHost: " + host + "\r\nAccept: */*\r\n\r\n");
  }

  /** The header of an upload through a proxy, whose client waits to be told to go on. */
  static byte[] upload(String host, int bodyLength) {
    return bytes(
        "PUT http://"
            + host
            + "/ HTTP/1.1\r\nHost: "
            + host
            + "\r\nExpect: 100-continue\r\nContent-Length: "
            + bodyLength
            + "\r\n\r\n");
  }

  /** A response in chunks that look like messages themselves. */
  static byte[] chunked(int chunks) {
    StringBuilder text = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    String chunk = "GET http://decoy.example/ HTTP/1.1\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";
    for (int i = 0; i < chunks; i++) {
      text.append(Integer.toHexString(chunk.length())).append(";x=y\r\n").append(chunk);
      text.append("\r\n");
    }
    return bytes(text + "0\r\nTrailer: x\r\n\r\n");
  }

  /** A response that has no body, whatever length its header says. */
  static byte[] bodiless(String status) {
    return bytes("HTTP/1.1 " + status + "\r\nContent-Length: 4711\r\n\r\n");
  }

  /** A response that ends with the connection. */
  static byte[] untilClose(int bodyLength) {
    return bytes("HTTP/1.0 200 OK\r\n\r\n" + "HTTP/1.1 ".repeat(bodyLength / 9));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A search for devices by SSDP, which has the form of a request. */
  static byte[] deviceSearch() {
    String text =
        """
        M-SEARCH * HTTP/1.1\r
        HOST: 239.255.255.250:1900\r
        MAN: "ssdp:discover"\r
        MX: 2\r
        ST: ssdp:all\r
        \r
        """;
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
