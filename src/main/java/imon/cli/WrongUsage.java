package imon.cli;

import imon.cli.output.ExitCode;
import imon.report.text.VisibleText;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line, and where help is. */
final class WrongUsage {
  private static final int MOST_SUGGESTIONS = 3;

  private WrongUsage() {}

  /** Tells of what picocli has found; the exit code. */
  static int told(ParameterException e, String[] args) {
    tell(e.getCommandLine(), message(e));
    return ExitCode.USAGE;
  }

  /** Tells what is wrong with the words of a command. */
  static void tell(CommandLine command, String message) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(VisibleText.of(name + ": " + message + "; see " + name + " --help"));
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(unmatched);
    }
    List<String> unmatched = e.getCommandLine().getUnmatchedArguments();
    if (e instanceof MissingParameterException && !unmatched.isEmpty()) {
      // What is missing may be what was mistaken for an option.
      return unmatched(new UnmatchedArgumentException(e.getCommandLine(), unmatched));
    }
    if (e.getArgSpec() instanceof OptionSpec option && option.type().isEnum()) {
      return option.longestName() + " " + e.getValue() + ": give " + oneOf(option.type());
    }
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
  }

  /** The constants as users write them: {@code day, hour or minute}. */
  private static String oneOf(Class<?> type) {
    List<String> words =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
            .toList();
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String word = e.getUnmatched().get(0);
    if (e.isUnknownOption()) {
      return "no such option: '" + word + "'" + perhaps(nearOptions(word, e.getSuggestions()));
    }
    if (e.getCommandLine().getSubcommands().isEmpty()) {
      return "'" + word + "' is one word too many";
    }
    return "no such command: '" + word + "'" + perhaps(nearCommands(word, e.getSuggestions()));
  }

  /** A file can have a name that looks like an option. */
  private static List<String> nearOptions(String word, List<String> suggestions) {
    return new File(word).exists() ? List.of("./" + word) : suggestions;
  }

  /** A few letters in common make no command near; the first one does. */
  private static List<String> nearCommands(String word, List<String> suggestions) {
    return suggestions.stream()
        .map(command -> command.substring(command.lastIndexOf(' ') + 1))
        .filter(command -> !word.isEmpty() && isSameLetter(command.charAt(0), word.charAt(0)))
        .toList();
  }

  private static boolean isSameLetter(char a, char b) {
    return Character.toLowerCase(a) == Character.toLowerCase(b);
  }

  private static String perhaps(List<String> suggestions) {
    return suggestions.isEmpty()
        ? ""
        : " ("
            + String.join(
                ", ", suggestions.subList(0, Math.min(suggestions.size(), MOST_SUGGESTIONS)))
            + "?)";
  }
}
