package imon.cli.option;

import imon.cli.time.Moments;
import imon.cli.time.NamedZone;
import imon.report.Report.Filter;
import imon.report.Report.Scope;
import imon.store.ask.Period;
import imon.store.ask.Selection;
import imon.wire.AddressBlock;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which part of all traffic a report is about; the same for every command that reports. */
public final class ScopeOptions {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Only traffic from this time on: a date, a date and time, today, yesterday, or how long"
              + " ago (-24h).")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Only traffic before this time; of a day all.")
  private @Nullable String to;

  @Option(
      names = "--client",
      paramLabel = "IP|CIDR",
      description = "Only traffic of the client devices that have such an address.")
  private @Nullable String client;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "30",
      description = "Rows of a list, at most (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--tz",
      paramLabel = "ZONE",
      description = "Zone of days and times, e.g. Europe/Paris (default: this system's).")
  private @Nullable String zone;

  @Option(
      names = "--generated-at",
      paramLabel = "TIME",
      description = "Have the report say when it was made, e.g. 2026-03-02T08:00:00Z.")
  private @Nullable String generatedAt;

  @Mixin private final NamingOptions names = new NamingOptions();

  /** The zone of times that are read and shown; an error of usage when there is none such. */
  public ZoneId zone() {
    ZoneId chosen = zone == null ? ZoneId.systemDefault() : NamedZone.of(zone);
    return chosen.normalized().equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : chosen;
  }

  /** How many rows a table has at most, 1 or more. */
  public int top() {
    if (top < 1) {
      throw new IllegalArgumentException("--top " + top + ": give a number of 1 or more");
    }
    return top;
  }

  /** When a report says that it was made; null when it does not say. */
  public @Nullable Instant generatedAt() {
    try {
      return generatedAt == null ? null : Instant.parse(generatedAt);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--generated-at " + generatedAt + ": give a time like 2026-03-02T08:00:00Z", e);
    }
  }

  /** A report's scope as it is to be shown: in another zone, or made at another time. */
  Scope shown(Scope scope) {
    Instant made = generatedAt();
    return new Scope(
        scope.from(),
        scope.to(),
        zone == null ? scope.zone() : zone().getId(),
        scope.top(),
        scope.localSites(),
        scope.filter(),
        made == null ? scope.generatedAt() : made,
        scope.pruned());
  }

  /** The part asked for. */
  public Selection selection(boolean localSites, Clock clock) throws IOException {
    return new Selection(
        List.of(), localSites, period("", from, to, clock), client(), names.naming());
  }

  /**
   * A period in the zone asked for.
   *
   * @param prefix of the options it is given by
   */
  public Period period(String prefix, @Nullable String begin, @Nullable String end, Clock clock) {
    Moments moments = new Moments(zone(), clock.instant());
    String fromName = "--" + prefix + "from";
    String toName = "--" + prefix + "to";
    Instant first = moments.begin(fromName, begin);
    Instant last = moments.end(toName, end);
    try {
      return Period.between(first, last);
    } catch (IllegalArgumentException e) {
      if (first == null) {
        throw new IllegalArgumentException(
            toName + " " + end + ": no packet is before 1970; give a later time", e);
      }
      if (last == null) {
        throw new IllegalArgumentException(
            fromName + " " + begin + ": no packet is that late; give an earlier time", e);
      }
      throw new IllegalArgumentException(
          "%s %s %s %s: there is no minute between them; exchange them or give a longer period"
              .formatted(fromName, begin, toName, end),
          e);
    }
  }

  private @Nullable AddressBlock client() {
    AddressBlock block = client == null ? null : AddressBlock.parse(client);
    if (client != null && block == null) {
      throw new IllegalArgumentException(
          "--client " + client + ": give an address or a block like 192.0.2.0/24");
    }
    return block;
  }

  /** What a report says of a selection. */
  public static Filter filter(Selection selection) {
    AddressBlock block = selection.client();
    return new Filter(
        selection.period().begin(),
        selection.period().end(),
        block == null ? null : block.toString());
  }
}
