package imon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.name.NameTable;
import imon.testing.CapturedStreams;
import imon.testing.CapturedStreams.Direction;
import imon.testing.RealCaptures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the readers make of real traffic. */
class RealHttpTest {
  private final NameTable table = new NameTable();

  @Test
  void realConnectionsAreFollowedOverAllTheirMessages() throws IOException {
    HttpRequest reader = new HttpRequest(table);
    Map<String, Integer> ends = new TreeMap<>();
    int several = 0;
    for (RealCaptures.Totals totals : RealCaptures.totals()) {
      Map<Direction, byte[]> streams = CapturedStreams.of(totals.path()).tcp();
      for (Map.Entry<Direction, byte[]> entry : streams.entrySet()) {
        byte[] client = entry.getValue();
        HttpRequest.Verdict verdict = reader.read(client, 0, client.length);
        if (verdict == HttpRequest.Verdict.NAMED || reader.isConnect()) {
          byte[] server = streams.getOrDefault(entry.getKey().reversed(), new byte[0]);
          MessageLog log = new MessageLog();
          HttpMessages messages = new HttpMessages(reader);
          messages.fromClient(client, 0, client.length, log);
          messages.fromServer(server, 0, server.length, log);
          ends.merge(log.end(), 1, Integer::sum);
          several += log.requests() > 1 ? 1 : 0;
        }
      }
    }
    int followed = ends.getOrDefault("open", 0) + ends.getOrDefault("TUNNEL", 0);
    assertTrue(followed > 5 * ends.getOrDefault("LOST", 0), ends::toString);
    assertTrue(several > 10, "with several requests: " + several);
  }

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
              (number, offset, host, addressed, asked) ->
                  found.add(totals.capture() + " h2 " + host));
          assertFalse(http2.isLost(), totals.capture());
        }
      }
    }
    assertEquals(
        List.of("haproxy.pcap proxy header", "tls_heur__vmess-tcp.pcapng socks null"), found);
  }
}
