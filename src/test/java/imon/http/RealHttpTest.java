package imon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import imon.name.NameTable;
import imon.testing.CapturedStreams;
import imon.testing.RealCaptures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the readers make of real traffic. */
class RealHttpTest {
  private final NameTable table = new NameTable();

  @Test
  void realProxiesAndClearHttp2AreFound() throws IOException {
    List<String> found = new ArrayList<>();
    SocksRequest socks = new SocksRequest(table);
    for (RealCaptures.Totals totals : RealCaptures.totals()) {
      for (byte[] stream : CapturedStreams.of(totals.path()).tcp().values()) {
        SocksRequest.Verdict verdict = socks.read(stream, 0, stream.length);
        if (verdict == SocksRequest.Verdict.NAMED || verdict == SocksRequest.Verdict.NAMELESS) {
          found.add(totals.capture() + " socks " + socks.host());
        }
        if (ProxyHeader.end(stream, 0, stream.length) > 0) {
          found.add(totals.capture() + " proxy header");
        }
        Http2Requests http2 = new Http2Requests(table);
        if (Http2Requests.looksLikePreface(stream, 0, stream.length)) {
          http2.feed(
              stream,
              0,
              stream.length,
              (number, offset, host, connect) -> found.add(totals.capture() + " h2 " + host));
          assertFalse(http2.isLost(), totals.capture());
        }
      }
    }
    assertEquals(
        List.of("haproxy.pcap proxy header", "tls_heur__vmess-tcp.pcapng socks null"), found);
  }
}
