package imon.cli.keep;

import imon.cli.option.StoreOption;
import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import imon.cli.time.Moments;
import imon.cli.time.NamedZone;
import imon.report.text.Sizes;
import imon.store.StoreFile;
import imon.store.keep.Pruning;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives back the space of old captures. */
@Command(
    name = "prune",
    description = "Roll old traffic up to hours, or drop it, and give its space back.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A capture is pruned as a whole, when its last packet is older than that. It",
      "stays in the ledger and is not taken in again (docs/store.md). The store is",
      "written anew beside the old one, which takes room for what stays.",
      "  imon store prune --db x.db --keep-for 400d",
      "  imon store prune --db x.db --before 2026-01-01 --drop"
    })
public final class PruneCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Clock clock;

  @Mixin private StoreOption store = new StoreOption();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Age age = new Age();

  @ArgGroup(exclusive = true)
  private Rest rest = new Rest();

  @Option(
      names = "--tz",
      paramLabel = "ZONE",
      description = "Time zone of DATE, like Europe/Paris (default: UTC).")
  private String zone = "UTC";

  /** What is old. */
  static final class Age {
    @Option(
        names = "--keep-for",
        paramLabel = "TIME",
        description = "Prune what is older than this: 400d, 8w, 36h.")
    private @Nullable String keepFor;

    @Option(
        names = "--before",
        paramLabel = "DATE",
        description = "Prune what was captured before this date or time.")
    private @Nullable String before;
  }

  /** What stays of it. */
  static final class Rest {
    @Option(
        names = "--roll-up",
        description = "Keep traffic by hour (UTC), for reports (the default).")
    private boolean rollUp;

    @Option(
        names = "--drop",
        description = "Keep captures and ledger only; reports leave them out.")
    private boolean drop;
  }

  public PruneCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    StoreFile file = store.file();
    Pruning.Outcome outcome = new Pruning(before(), rest.drop && !rest.rollUp).run(file);
    terminal.say(said(outcome));
    return ExitCode.DONE;
  }

  private Instant before() {
    Moments moments = new Moments(NamedZone.of(zone), clock.instant());
    String keepFor = age.keepFor;
    Instant before;
    if (keepFor == null) {
      before = moments.begin("--before", age.before);
    } else if (keepFor.matches("\\d{1,6}[hdw]")) {
      before = moments.begin("--keep-for", "-" + keepFor);
    } else {
      throw new IllegalArgumentException("--keep-for " + keepFor + ": give a time like 400d");
    }
    if (before == null) {
      throw new IllegalArgumentException("--before DATE is missing");
    }
    return before;
  }

  private static String said(Pruning.Outcome outcome) {
    if (outcome.captures() == 0) {
      return "no capture is as old as that; nothing was pruned";
    }
    return "pruned captures: %d; the store has %s now, it had %s"
        .formatted(
            outcome.captures(),
            Sizes.SI.text(outcome.bytesAfter()),
            Sizes.SI.text(outcome.bytesBefore()));
  }
}
