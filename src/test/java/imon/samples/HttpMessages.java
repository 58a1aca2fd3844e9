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
