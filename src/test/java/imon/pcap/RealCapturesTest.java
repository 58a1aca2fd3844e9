package imon.pcap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.testing.RealCaptures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RealCapturesTest {
  /** Its one packet claims 524,501 bytes on the wire, and capinfos believes it. */
  private static final String IMPOSSIBLE = "fuzz-2021-10-13.pcap,1,524501";

  private static final String BY_OUR_RULE = "fuzz-2021-10-13.pcap,1,197";

  @Test
  void packetsAndWireBytesAreThoseOfCapinfos() throws IOException {
    Path folder = RealCaptures.folder().orElse(null);
    Assumptions.assumeTrue(folder != null, "no real captures here (IMON_CAPTURES)");
    List<String> expected =
        new ArrayList<>(Files.readAllLines(folder.resolve("expected-totals.csv")));
    List<String> actual = new ArrayList<>(List.of(expected.get(0)));
    for (String line : expected.subList(1, expected.size())) {
      String name = line.substring(0, line.indexOf(','));
      CaptureSummary summary = ReadCapture.of(folder.resolve(name)).summary();
      actual.add(name + ',' + summary.packets() + ',' + summary.wireBytes());
    }
    assertEquals(223, actual.size());
    expected.replaceAll(line -> line.equals(IMPOSSIBLE) ? BY_OUR_RULE : line);
    assertEquals(String.join("\n", expected), String.join("\n", actual));
  }

  @Test
  void allRealCapturesOfAFolderAreFound() {
    Path folder = RealCaptures.folder().orElse(null);
    Assumptions.assumeTrue(folder != null, "no real captures here (IMON_CAPTURES)");
    CaptureFiles files = CaptureFiles.find(List.of(folder.toString()));
    assertEquals(List.of(), files.problems());
    assertEquals(222, files.inputs().size());
  }
}
