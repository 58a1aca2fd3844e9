package imon.cli.option;

import imon.cli.output.ExitCode;
import imon.cli.output.Terminal;
import imon.name.NamedHost;
import imon.report.Report.SiteRow;
import imon.report.text.Figures;
import imon.store.StoreException;
import imon.store.ask.Questions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** How much names may use. */
public final class BudgetOptions {
  @Option(
      names = "--budget",
      paramLabel = "NAME=SIZE",
      description =
          "End with exit code 4 when this site or host used more (500MB, 2.5GiB); may be given"
              + " several times.")
  private List<String> words = List.of();

  private final List<String> exceeded = new ArrayList<>();

  /** A site or host as the user wrote it, and how many bytes it may use. */
  public record Budget(String name, long bytes) {
    /** Reads {@code example.com=500MB}; an error of usage when it is no budget. */
    public static Budget parse(String word) {
      int sign = word.lastIndexOf('=');
      String name = word.substring(0, Math.max(0, sign)).strip();
      OptionalLong bytes = Amount.bytes(word.substring(sign + 1), 1);
      if (bytes.isEmpty() || name.isEmpty()) {
        throw new IllegalArgumentException(
            "--budget " + word + ": give a name and a size like example.com=500MB");
      }
      return new Budget(name, bytes.getAsLong());
    }

    private boolean isOf(String site) {
      return site.equalsIgnoreCase(name) || site.equals(NamedHost.ascii(name));
    }
  }

  /** The budgets; finds out early what is wrong with them. */
  public List<Budget> budgets() {
    return words.stream().map(Budget::parse).toList();
  }

  /** Holds them against the sites and hosts of a report. */
  public void check(Questions questions) throws StoreException {
    for (Budget budget : budgets()) {
      check(budget, questions.bytesOf(budget.name));
    }
  }

  /** Holds them against the names that were asked about. */
  public void check(List<SiteRow> sites) {
    for (Budget budget : budgets()) {
      sites.stream()
          .filter(site -> budget.isOf(site.site()))
          .forEach(site -> check(budget, site.traffic().bytes()));
    }
  }

  private void check(Budget budget, long bytes) {
    if (bytes > budget.bytes) {
      exceeded.add(
          "%s: budget of %s exceeded: %s"
              .formatted(
                  budget.name, Figures.count(budget.bytes, "byte"), Figures.count(bytes, "byte")));
    }
  }

  /** Tells what was exceeded; the exit code then, else the one that is given. */
  public int tell(Terminal terminal, int exitCode) {
    exceeded.forEach(terminal::say);
    return exceeded.isEmpty() ? exitCode : ExitCode.OVER_BUDGET;
  }
}
