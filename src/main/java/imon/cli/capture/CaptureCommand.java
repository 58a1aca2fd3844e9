package imon.cli.capture;

import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import imon.live.Capture;
import imon.live.CaptureLimits;
import imon.live.CaptureTotals;
import imon.live.Rotation;
import imon.live.device.DeviceOptions;
import imon.live.device.LiveSource;
import imon.live.file.CaptureFolder;
import imon.live.file.CaptureListener;
import imon.live.file.FinishedFile;
import imon.live.file.FolderOptions;
import imon.live.file.LostFiles;
import imon.report.text.Figures;
import imon.report.text.VisibleText;
import imon.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Captures into files that follow each other. */
@Command(
    name = "capture",
    description = "Capture from an interface into rotating pcap files.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Ends by a limit, SIGINT (Ctrl-C) or SIGTERM, with the last file finished. Until",
      "then its name ends in .part. Finished files are printed. More: docs/capture.md.",
      "  imon capture -i eth0 -w captures --rotate-every 1h --keep-age 7d"
    })
public final class CaptureCommand implements Callable<Integer> {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Duration RETRY_CHILD_AFTER = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final Clock clock;
  private final TotalsBoard board;

  @Mixin private DeviceSettings device = new DeviceSettings();
  @Mixin private FileSettings files = new FileSettings();
  @Mixin private IngestSettings ingest = new IngestSettings();
  @Mixin private TotalsSettings totals = new TotalsSettings();

  /** The command; the clock decides when files begin and the capture ends. */
  public CaptureCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
    board = new TotalsBoard(terminal);
  }

  @Override
  public Integer call() throws IOException {
    DeviceOptions options = device.options();
    Rotation rotation = files.rotation();
    CaptureLimits limits = files.limits();
    FolderOptions folderOptions = files.folder(options.device());
    List<String> totalsCommand = totals.command(files.words(options.device()), terminal, clock);
    try (board;
        ChildIngest child = ingest.isAsked() ? ingest(folderOptions, options.device()) : null;
        ChildTotals shown = totals.isAsked() ? totals(totalsCommand) : null) {
      Printer printer = new Printer(terminal, board, child);
      return run(options, rotation, limits, folderOptions, printer, shown);
    }
  }

  private ChildTotals totals(List<String> command) {
    return new ChildTotals(command, RETRY_CHILD_AFTER, board::show, board::say);
  }

  private ChildIngest ingest(FolderOptions options, String name) throws StoreException {
    ingest.checkStore();
    UntakenFiles untaken = new UntakenFiles(options.folder(), name, board::say);
    return new ChildIngest(ingest.command(), untaken, RETRY_CHILD_AFTER, board::say);
  }

  private int run(
      DeviceOptions options,
      Rotation rotation,
      CaptureLimits limits,
      FolderOptions folderOptions,
      Printer printer,
      @Nullable ChildTotals shown)
      throws IOException {
    try (CaptureFolder folder = new CaptureFolder(folderOptions, printer, clock)) {
      Capture capture =
          new Capture(
              LiveSource.opener(options), folder, rotation, limits, printer, clock, RETRY_AFTER);
      return run(capture, folder, printer, shown);
    }
  }

  private int run(
      Capture capture, CaptureFolder folder, Printer printer, @Nullable ChildTotals shown)
      throws IOException {
    try (StopSignals signals = new StopSignals(capture::stop)) {
      signals.exitCode(ExitCode.FAILED);
      CaptureTotals captured = capture.run();
      if (shown != null) {
        shown.close();
      }
      folder.close();
      CaptureTotals kept = captured.without(folder.lost());
      tell(kept, folder.lost());
      boolean taken = printer.finish();
      board.flush();
      int exitCode = exitCode(kept, taken);
      signals.exitCode(exitCode);
      return exitCode;
    }
  }

  private static int exitCode(CaptureTotals totals, boolean taken) {
    if (totals.unwritten() > 0) {
      return ExitCode.FAILED;
    }
    return taken ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  private void tell(CaptureTotals captured, LostFiles lost) {
    board.say(
        "%s, %s on the wire, in %s of %s"
            .formatted(
                Figures.count(captured.packets(), "packet"),
                Figures.count(captured.wireBytes(), "byte"),
                Figures.count(captured.files(), "file"),
                Figures.count(captured.fileBytes(), "byte")));
    board.say(
        "%s by the filter, %s dropped by the kernel, %s by the device"
            .formatted(
                Figures.count(captured.counters().received()),
                Figures.count(captured.counters().dropped()),
                Figures.count(captured.counters().droppedByDevice())));
    if (captured.unwritten() > 0) {
      board.say(
          Figures.count(captured.unwritten(), "packet")
              + " could not be written"
              + (lost.files() > 0 ? " or went with their files" : ""));
    }
  }

  /**
   * Names finished files on standard output, all else on standard error.
   *
   * @param ingest is given finished files, too, unless null
   */
  private record Printer(Terminal terminal, TotalsBoard board, @Nullable ChildIngest ingest)
      implements CaptureListener {
    /** Whether all files are in the store, as far as they shall be. */
    boolean finish() {
      return ingest == null || ingest.finish();
    }

    @Override
    public void finished(FinishedFile file) {
      board.aside(
          () -> {
            terminal.out().println(VisibleText.of(file.path().toString()));
            terminal.out().flush();
          });
      if (ingest != null) {
        ingest.expect(file.path());
      }
    }

    @Override
    public void settled(Path file) {
      if (ingest != null) {
        ingest.add(file);
      }
    }

    @Override
    public void said(String line) {
      board.say(line);
    }
  }
}
