package imon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code --help} says, of every command there is. */
class HelpPagesTest {
  private static final int COLUMNS = 80;

  static Stream<String> names() {
    return commands().map(HelpPagesTest::name);
  }

  private static Stream<CommandLine> commands() {
    return withAllBelow(Main.commandLine(Terminal.ofProcess(), Clock.systemUTC()));
  }

  private static Stream<CommandLine> withAllBelow(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(HelpPagesTest::withAllBelow));
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }

  private static CommandLine command(String name) {
    return commands().filter(command -> name(command).equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aReaderOfAPipeWhoHasHadEnoughIsNoNews() {
    System.setProperty("imon.piped", "true");
    try {
      Program run = Program.runOntoFullDisk(List.of("--help")).ended(ExitCode.FAILED);
      assertEquals(List.of(), run.complaints());
    } finally {
      System.clearProperty("imon.piped");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "analyze --help", "store prune --help"})
  void helpThatCannotBeWrittenIsAFailure(String words) {
    Program run = Program.runOntoFullDisk(List.of(words.split(" ", -1))).ended(ExitCode.FAILED);
    assertEquals(List.of("imon: standard output: cannot be written to"), run.complaints());
  }

  @Test
  void commandsBelowCommandsAreAmongThem() {
    assertTrue(names().toList().containsAll(List.of("imon", "imon capture", "imon job run")));
  }

  @ParameterizedTest
  @MethodSource("names")
  void noLineIsWiderThanATerminal(String name) {
    assertEquals(
        List.of(),
        command(name).getUsageMessage().lines().filter(line -> line.length() > COLUMNS).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "imon site --metrics",
        "imon diff --metrics",
        "imon explain --metrics",
        "imon explain --anonymize"
      })
  void whatACommandAlwaysRefusesIsNotOffered(String words) {
    String name = words.substring(0, words.lastIndexOf(' '));
    String option = words.substring(name.length() + 1);
    assertFalse(command(name).getUsageMessage().contains(option), words);
    assertTrue(command("imon report").getUsageMessage().contains(option), option);
  }

  /** A line that is too long is broken where it happens to be, and not where it reads well. */
  @ParameterizedTest
  @MethodSource("names")
  void linesThatWereSetByHandStayWhole(String name) {
    CommandLine command = command(name);
    List<String> page = command.getUsageMessage().lines().toList();
    for (String line : command.getCommandSpec().usageMessage().footer()) {
      assertTrue(page.contains(line), () -> line + " is broken in\n" + String.join("\n", page));
    }
  }
}
