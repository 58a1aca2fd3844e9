package imon.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteGroupsTest {
  @Test
  void membersAreHostsInTheirNormalForm() throws IOException {
    String text =
        """
        # what we watch
        Video = Video.Example, bücher.example.,\tcdn.example   # and more

        Video=late.example,
        Empty =
        """;
    assertEquals(
        Map.of(
            "video.example",
            "Video",
            "xn--bcher-kva.example",
            "Video",
            "cdn.example",
            "Video",
            "late.example",
            "Video"),
        SiteGroups.of("g", "\ufeff" + text.replace("\n", "\r\n")).groups());
    assertTrue(SiteGroups.of("g", "").groups().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "youtube.com | line 2: no group; write a line like 'YouTube = youtube.com, ytimg.com'",
        "= youtube.com | line 2: no group; write a line like 'YouTube = youtube.com, ytimg.com'",
        "Mine = 10.0.0.1 | line 2: '10.0.0.1' is no site; correct or delete it",
        "Mine = a b | line 2: 'a b' is no site; correct or delete it",
        "Mine = A.example | line 2: a.example is in the group 'Other' already; delete one of them"
      })
  void aWrongLineIsSaid(String line, String what) {
    IOException fault =
        assertThrows(
            IOException.class, () -> SiteGroups.of("my.groups", "Other = a.example\n" + line));
    assertEquals("my.groups: " + what, fault.getMessage());
  }

  @Test
  void aFileThatIsNotThereOrTooLongIsSaid(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing");
    IOException fault = assertThrows(IOException.class, () -> SiteGroups.read(missing));
    assertEquals(missing + ": no such file; name a file of groups by --groups", fault.getMessage());
    Path large = folder.resolve("large");
    Files.write(large, new byte[SiteGroups.MAX_BYTES + 1]);
    assertTrue(
        assertThrows(IOException.class, () -> SiteGroups.read(large))
            .getMessage()
            .startsWith(large + ": longer than "));
  }
}
