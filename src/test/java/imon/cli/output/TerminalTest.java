package imon.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  private static final String COLUMNS = "imon.columns";
  private static final String PROGRESS = "imon.progress";
  private static final String LOCALE = "imon.locale";

  @BeforeEach
  @AfterEach
  void forgetTheLauncher() {
    System.clearProperty(COLUMNS);
    System.clearProperty(PROGRESS);
    System.clearProperty(LOCALE);
  }

  @Test
  void withoutALauncherNothingIsATerminal() {
    Terminal terminal = Terminal.ofProcess();
    assertEquals(80, terminal.columns());
    assertFalse(terminal.colour());
    assertFalse(terminal.progress());
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100",
    "60, 60",
    "59, 60",
    "0, 60",
    "-5, 60",
    "201, 200",
    "wide, 80",
    "' 90 ', 90"
  })
  void theWidthIsTheLaunchersWithinReason(String given, int columns) {
    System.setProperty(COLUMNS, given);
    assertEquals(columns, Terminal.ofProcess().columns());
  }

  @Test
  void aTerminalHasColourUnlessTheUserWantsNone() {
    System.setProperty(COLUMNS, "100");
    assertEquals(!System.getenv().containsKey("NO_COLOR"), Terminal.ofProcess().colour());
  }

  @Test
  void progressIsShownWhereStandardErrorIsATerminal() {
    System.setProperty(PROGRESS, "");
    assertTrue(Terminal.ofProcess().progress());
  }

  @ParameterizedTest
  @CsvSource({"C, false", "POSIX, false", "fr_FR.UTF-8, true", "fr_FR.utf8, true", "fr_FR, false"})
  void whatIsPrintedStaysWithTheLocaleThatTheLauncherReplaced(String locale, boolean unicode) {
    System.setProperty(LOCALE, locale);
    assertEquals(unicode, Terminal.ofProcess().unicode());
  }
}
