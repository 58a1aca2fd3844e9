package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import imon.report.text.Figures;
import imon.report.text.Sizes;
import imon.testing.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of what a report cannot see, against SQL. */
class PageBlindSpotsTest {
  @TempDir private Path folder;

  @Test
  void tunnelsAreCountedByContentsAndPort() throws IOException {
    assertEquals(
        told("services.pcap", "service IN ('openvpn', 'wireguard', 'ipsec', 'pptp')"),
        figure("services.pcap", "Encrypted tunnels").replaceFirst(";.*", ""));
  }

  @LongTest
  @Test
  void connectionsBehindAPublicNameOfEchAreCounted() throws IOException {
    String figure = figure("ech.pcap", "Encrypted ClientHello");
    assertTrue(figure.matches("[1-9][0-9]* connections?, .*"), figure);
    assertEquals("none seen", figure("services.pcap", "Encrypted ClientHello"));
  }

  @Test
  void whatIsNotInACaptureIsNotSeen() throws IOException {
    assertEquals("none seen", figure("dns-cname.pcap", "Encrypted DNS"));
    assertEquals("none seen", figure("dns-cname.pcap", "Encrypted tunnels"));
  }

  @Test
  void aSnapLengthIsToldByTheBytesThatAreMissing() throws IOException {
    assertEquals(
        "3.48 kB on the wire are not in the files", figure("dns-cname.pcap", "Cut packets"));
    assertEquals("none seen", figure("dns-other.pcap", "Cut packets"));
  }

  /** What SQL says of the internet flows that a condition holds for. */
  private String told(String capture, String condition) {
    Path store = folder.resolve("told.db");
    FilledStore.make(store, Program.SAMPLES.resolve(capture));
    JsonNode row =
        Program.query(
                store,
                "SELECT count(*) AS flows, sum(up_bytes + down_bytes)::BIGINT AS bytes FROM flows"
                    + " WHERE scope = 'internet' AND "
                    + condition)
            .get(0);
    return Figures.count(row.get("flows").asLong(), "connection")
        + ", "
        + Sizes.SI.text(row.get("bytes").asLong());
  }

  private String figure(String capture, String title) throws IOException {
    Path page = folder.resolve("page.html");
    Program.run("analyze", Program.SAMPLES.resolve(capture), "--html", page).done();
    Matcher row =
        Pattern.compile(title + "</th><td class=\"word[^\"]*\">([^<]*)</td>")
            .matcher(Files.readString(page));
    assertTrue(row.find(), title);
    return row.group(1);
  }
}
