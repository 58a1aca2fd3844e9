package imon.cli.job;

import imon.cli.output.ExitCode;
import imon.cli.output.OutputFile;
import imon.cli.output.Terminal;
import imon.job.file.Job;
import imon.job.install.CrontabLines;
import imon.job.install.Installation;
import imon.job.install.SystemdUnits;
import imon.job.install.UnitFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints or writes what starts a job by the clock. */
@Command(
    name = "install",
    description = "Print units of systemd, or a crontab line, for a job.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Nothing is started by it:",
      "  sudo imon job install night.toml --systemd --write /etc/systemd/system",
      "  sudo systemctl daemon-reload",
      "  sudo systemctl enable --now imon-night.timer"
    })
public final class JobInstallCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private JobFileOperand file = new JobFileOperand();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Starter starter = new Starter();

  @Option(
      names = "--write",
      paramLabel = "DIR",
      description = "With --systemd: write the units into this folder.")
  private @Nullable Path folder;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      defaultValue = "imon",
      description = "With --systemd: whose rights it has (default: ${DEFAULT-VALUE}).")
  private String user = "imon";

  @Option(
      names = "--program",
      paramLabel = "FILE",
      description = "The imon to start (default: this one).")
  private @Nullable Path program;

  /** What starts it. */
  static final class Starter {
    @Option(names = "--systemd", description = "By a service and a timer of systemd.")
    private boolean systemd;

    @Option(names = "--cron", description = "By a line for a user's crontab.")
    private boolean cron;
  }

  public JobInstallCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (folder != null && starter.cron) {
      throw new IllegalArgumentException(
          "--write is for units of systemd; add the line by crontab -e");
    }
    Optional<Job> job = file.read(terminal);
    if (job.isEmpty()) {
      return ExitCode.USAGE;
    }
    Installation installation = new Installation(job.get(), file.path(), launcher(), user);
    if (!starter.systemd) {
      new CrontabLines(installation).lines().forEach(terminal.out()::println);
    } else {
      units(new SystemdUnits(installation).files());
    }
    return ExitCode.DONE;
  }

  private void units(List<UnitFile> units) throws IOException {
    for (UnitFile unit : units) {
      if (folder == null) {
        terminal.out().print("# " + unit.name() + "\n" + unit.text() + "\n");
      } else {
        Path target = folder.resolve(unit.name());
        new OutputFile(target).write(out -> out.write(unit.text()));
        terminal.out().println(target);
      }
    }
  }

  /** The launcher beside the jar this runs from, or one folder up in a checkout. */
  private Path launcher() {
    if (program != null) {
      return program.toAbsolutePath().normalize();
    }
    Path jar = Path.of(System.getProperty("java.class.path", "").split(":", 2)[0]).toAbsolutePath();
    for (Path place : List.of(jar.resolveSibling("imon"), jar.resolve("../../imon").normalize())) {
      if (Files.isRegularFile(place) && Files.isExecutable(place)) {
        return place;
      }
    }
    throw new IllegalArgumentException("--program FILE is missing: where imon is installed");
  }
}
