package imon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.report.text.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares every format with the files beside this test, pages as {@link GoldenPage} has them.
 * {@code mvn test -Dimon.update=true} writes them anew; look at the difference before committing
 * it.
 */
class GoldenReportTest {
  private static final Path FOLDER = Path.of("src/test/resources/imon/report");

  @ParameterizedTest
  @EnumSource
  void theFullExampleLooksAsItDid(Rendering rendering) throws IOException {
    assertGolden("full", rendering, ExampleReport.full());
  }

  @ParameterizedTest
  @EnumSource
  void aReportByClientLooksAsItDid(Rendering rendering) throws IOException {
    assertGolden("grouped", rendering, ExampleReport.grouped());
  }

  @ParameterizedTest
  @EnumSource
  void aReportWithoutPacketsLooksAsItDid(Rendering rendering) throws IOException {
    assertGolden("empty", rendering, ExampleReport.empty());
  }

  @ParameterizedTest
  @EnumSource
  void theDefaultLocaleChangesNothing(Rendering rendering) throws IOException {
    String before = rendering.of(ExampleReport.full());
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(before, rendering.of(ExampleReport.full()));
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void aWideTerminalWithColoursLooksAsItDid() throws IOException {
    StringBuilder text = new StringBuilder();
    new TerminalTable(new TerminalTable.Options(120, false, true, Sizes.SI))
        .write(ExampleReport.full(), text);
    assertGolden("full.colour.txt", text.toString());
  }

  private static void assertGolden(String name, Rendering rendering, Report report)
      throws IOException {
    String text = rendering.of(report);
    assertGolden(
        name + "." + rendering.extension, rendering == Rendering.HTML ? GoldenPage.of(text) : text);
  }

  private static void assertGolden(String name, String text) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("imon.update")) {
      Files.writeString(file, text);
    }
    assertEquals(Files.readString(file), text, "differs from " + file);
  }
}
