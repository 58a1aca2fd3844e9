package imon.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.testing.RealCaptures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealCapturesTest {
  /** Its one packet claims 524,501 bytes on the wire, and capinfos believes it. */
  private static final String IMPOSSIBLE = "fuzz-2021-10-13.pcap,1,524501";

  private static final String BY_OUR_RULE = "fuzz-2021-10-13.pcap,1,197";

  @Test
  void packetsAndWireBytesAreThoseOfCapinfos() throws IOException {
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    for (RealCaptures.Totals totals : RealCaptures.totals()) {
      expected.add(line(totals.capture(), totals.packets(), totals.wireBytes()));
      CaptureSummary summary = ReadCapture.of(totals.path()).summary();
      actual.add(line(totals.capture(), summary.packets(), summary.wireBytes()));
    }
    assertEquals(222, actual.size());
    expected.replaceAll(line -> line.equals(IMPOSSIBLE) ? BY_OUR_RULE : line);
    assertEquals(String.join("\n", expected), String.join("\n", actual));
  }

  private static String line(String capture, long packets, long wireBytes) {
    return capture + ',' + packets + ',' + wireBytes;
  }

  @Test
  void allRealCapturesOfAFolderAreFound() {
    CaptureFiles files = CaptureFiles.find(List.of(RealCaptures.folder().toString()));
    assertEquals(List.of(), files.problems());
    assertEquals(222, files.inputs().size());
  }
}
