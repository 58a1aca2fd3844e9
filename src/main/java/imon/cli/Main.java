package imon.cli;

import imon.analysis.StagingAside;
import imon.aside.Aside;
import imon.cli.capture.CaptureCommand;
import imon.cli.capture.InterfacesCommand;
import imon.cli.job.JobCheckCommand;
import imon.cli.job.JobCommand;
import imon.cli.job.JobInstallCommand;
import imon.cli.job.JobRunCommand;
import imon.cli.keep.ExportCommand;
import imon.cli.keep.InfoCommand;
import imon.cli.keep.PruneCommand;
import imon.cli.keep.StoreCommand;
import imon.cli.output.ExitCode;
import imon.cli.output.ProgramVersion;
import imon.cli.output.Terminal;
import imon.cli.totals.TotalsCommand;
import imon.store.Database;
import imon.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The program. */
@Command(
    name = "imon",
    description = "Which site used how much bandwidth, and how do we know?",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    usageHelpAutoWidth = false,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "'imon COMMAND --help' says more about a command.",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done, but something named could",
      "not be read, 4 done, but a budget (--budget) was exceeded."
    })
public final class Main {
  private static final List<Class<?>> COMMANDS =
      List.of(
          AnalyzeCommand.class,
          ReportCommand.class,
          SiteCommand.class,
          ExplainCommand.class,
          DiffCommand.class,
          QueryCommand.class,
          JobCommand.class,
          StoreCommand.class,
          CaptureCommand.class,
          InterfacesCommand.class,
          TotalsCommand.class);

  /** Options of output that a command refuses, and says why: its help does not offer them. */
  private static final Map<String, List<String>> REFUSED =
      Map.of(
          "site", List.of("--metrics"),
          "diff", List.of("--metrics"),
          "explain", List.of("--metrics", "--anonymize", "--anonymize-key"));

  private static final Set<String> ASKING_DATABASE =
      Set.of("analyze", "report", "site", "explain", "diff", "query", "job", "store", "totals");

  private static final char NO_CHARACTER = '\ufffd';

  private Main() {}

  /** Runs the program in its process. */
  public static void main(String[] args) {
    System.exit(start(args, Terminal.ofProcess()));
  }

  /** Runs a command line, and loads ahead what its command will need. */
  private static int start(String[] args, Terminal terminal) {
    leaveDefaultLocale();
    List<String> words = List.of(args);
    boolean works = !words.contains("--help") && !words.contains("-h");
    String command = works && !words.isEmpty() ? words.get(0) : "";
    if (command.equals("analyze") && !words.contains("--follow")) {
      return runWithStaging(args, terminal);
    }
    if (ASKING_DATABASE.contains(command)) {
      var unused = Aside.begin("imon-driver", Database::loadDriver);
    }
    return run(args, terminal);
  }

  /** Opens the database that an analysis needs while its command line is read. */
  private static int runWithStaging(String[] args, Terminal terminal) {
    try (StagingAside staging = StagingAside.ofProcess()) {
      return run(args, terminal, Clock.systemUTC(), () -> staging);
    } catch (StoreException e) {
      terminal.say(String.valueOf(e.getMessage()));
      return ExitCode.FAILED;
    }
  }

  /** Runs one command line; returns the exit code. */
  static int run(String[] args, Terminal terminal) {
    return run(args, terminal, Clock.systemUTC());
  }

  /** The same at a time that the clock tells. */
  static int run(String[] args, Terminal terminal, Clock clock) {
    return run(args, terminal, clock, StagingAside::new);
  }

  /**
   * SQL, units, file formats and messages have the digits 0 to 9 wherever the user lives: what is
   * formatted without a locale is formatted so. Nothing here is in the user's language.
   */
  private static void leaveDefaultLocale() {
    Locale.setDefault(Locale.ROOT);
  }

  private static int run(
      String[] args, Terminal terminal, Clock clock, Supplier<StagingAside> staging) {
    leaveDefaultLocale();
    Commands commands = new Commands(terminal, clock, staging);
    CommandLine line = commandLine(terminal, commands, commandsFor(args));
    if (args.length == 0) {
      line.usage(line.getErr());
      return ExitCode.USAGE;
    }
    try {
      int exitCode = line.execute(args);
      return terminal.out().checkError() ? unwritten(terminal) : exitCode;
    } catch (OutOfMemoryError e) {
      terminal.say(outOfMemory());
      return ExitCode.FAILED;
    }
  }

  /** All commands and their options. */
  static CommandLine commandLine(Terminal terminal, Clock clock) {
    return commandLine(terminal, new Commands(terminal, clock, StagingAside::new), COMMANDS);
  }

  /** As few as do for a command line: to make all of them takes as long as to start Java. */
  private static List<Class<?>> commandsFor(String[] args) {
    if (List.of(args).equals(List.of("--version"))) {
      return List.of();
    }
    return COMMANDS.stream()
        .filter(c -> args.length > 0 && c.getAnnotation(Command.class).name().equals(args[0]))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS);
  }

  /** Who reads a pipe, such as head, may have had enough: nobody wants to be told. */
  private static int unwritten(Terminal terminal) {
    if (!terminal.isPiped()) {
      terminal.say("standard output: cannot be written to");
    }
    return ExitCode.FAILED;
  }

  private static CommandLine commandLine(
      Terminal terminal, Commands commands, List<Class<?>> subcommands) {
    CommandLine line = new CommandLine(new Main(), commands);
    subcommands.forEach(line::addSubcommand);
    REFUSED.forEach((name, options) -> hide(options, line.getSubcommands().get(name)));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // A file may be called @night: it is no list of options.
    line.setExpandAtFiles(false);
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(terminal.err());
    line.registerConverter(int.class, Main::wholeNumber);
    line.registerConverter(Integer.class, Main::wholeNumber);
    line.registerConverter(Long.class, Main::longNumber);
    line.registerConverter(Path.class, Main::path);
    line.setDefaultValueProvider(option -> variable(option, terminal));
    line.setParameterExceptionHandler(WrongUsage::told);
    line.setExecutionExceptionHandler((e, command, result) -> failed(e, command, terminal));
    return line;
  }

  private static void hide(List<String> options, @Nullable CommandLine command) {
    if (command == null) {
      return;
    }
    CommandSpec spec = command.getCommandSpec();
    for (String name : options) {
      OptionSpec option = spec.findOption(name);
      spec.remove(option);
      spec.addOption(OptionSpec.builder(option).hidden(true).build());
    }
  }

  private static int wholeNumber(String text) {
    long number = longNumber(text);
    if (number != (int) number) {
      throw new TypeConversionException("'" + text + "' is too far from zero");
    }
    return (int) number;
  }

  private static long longNumber(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a whole number");
    }
  }

  /**
   * An empty path would be the current folder, and is a variable of a script that is not set. For
   * bytes that are no character Java has one that stands for all of them.
   */
  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("it is empty; give a name");
    }
    if (text.indexOf(NO_CHARACTER) >= 0) {
      throw new TypeConversionException(
          "'%s' has bytes that are no UTF-8, and would be another file; give another name"
              .formatted(text));
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "'%s' is no name of a file here; a locale of UTF-8 (LC_ALL) has all characters"
              .formatted(text.replace('\0', '?')));
    }
  }

  /**
   * What an option is when it is not given, if a variable says so. Its description's key is the
   * variable's name: there are no translations, and picocli's own way takes an empty one for given.
   */
  private static @Nullable String variable(ArgSpec option, Terminal terminal) {
    String name = option.descriptionKey();
    return name == null ? null : terminal.variable(name);
  }

  private static int failed(Exception e, CommandLine command, Terminal terminal) {
    if (e instanceof IllegalArgumentException) {
      WrongUsage.tell(command, String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    }
    if (e instanceof IOException) {
      terminal.say(String.valueOf(e.getMessage()));
      return ExitCode.FAILED;
    }
    if (e.getCause() instanceof OutOfMemoryError) {
      terminal.say(outOfMemory());
      return ExitCode.FAILED;
    }
    terminal.say("a fault of imon itself: " + e + "; IMON_DEBUG=1 says where");
    if (terminal.variable("IMON_DEBUG") != null) {
      e.printStackTrace(terminal.err());
    }
    return ExitCode.FAILED;
  }

  private static String outOfMemory() {
    return "too many flows at once for %d MiB of memory; give more, e.g. IMON_JAVA_OPTS=-Xmx4g"
        .formatted(Runtime.getRuntime().maxMemory() >> 20);
  }

  /** Makes commands that know the terminal; each only when it is asked for. */
  private record Commands(Map<Class<?>, Supplier<?>> makers) implements CommandLine.IFactory {
    Commands(Terminal terminal, Clock clock, Supplier<StagingAside> staging) {
      this(
          Map.ofEntries(
              Map.entry(AnalyzeCommand.class, () -> new AnalyzeCommand(terminal, clock, staging)),
              Map.entry(ReportCommand.class, () -> new ReportCommand(terminal, clock)),
              Map.entry(SiteCommand.class, () -> new SiteCommand(terminal, clock)),
              Map.entry(ExplainCommand.class, () -> new ExplainCommand(terminal, clock)),
              Map.entry(DiffCommand.class, () -> new DiffCommand(terminal, clock)),
              Map.entry(QueryCommand.class, () -> new QueryCommand(terminal)),
              Map.entry(ExportCommand.class, () -> new ExportCommand(terminal)),
              Map.entry(InfoCommand.class, () -> new InfoCommand(terminal)),
              Map.entry(PruneCommand.class, () -> new PruneCommand(terminal, clock)),
              Map.entry(CaptureCommand.class, () -> new CaptureCommand(terminal, clock)),
              Map.entry(TotalsCommand.class, () -> new TotalsCommand(terminal, clock)),
              Map.entry(
                  JobRunCommand.class,
                  () ->
                      new JobRunCommand(
                          terminal, clock, (words, quiet) -> run(words, quiet, clock))),
              Map.entry(JobCheckCommand.class, () -> new JobCheckCommand(terminal, clock)),
              Map.entry(JobInstallCommand.class, () -> new JobInstallCommand(terminal)),
              Map.entry(InterfacesCommand.class, () -> new InterfacesCommand(terminal))));
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
      Supplier<?> maker = makers.get(type);
      return maker == null ? CommandLine.defaultFactory().create(type) : type.cast(maker.get());
    }
  }

  /** Says which imon and which Java this is. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      return new String[] {"imon " + ProgramVersion.text() + " (Java " + Runtime.version() + ")"};
    }
  }
}
