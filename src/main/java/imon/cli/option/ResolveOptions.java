package imon.cli.option;

import imon.analysis.Analysis;
import imon.analysis.reverse.ReverseLookups;
import imon.analysis.reverse.ReverseLookups.Limits;
import imon.report.text.Figures;
import imon.store.ask.nameless.NamelessServers;
import imon.wire.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether, and where, names of servers are looked up. Without --resolve nothing is sent. */
public final class ResolveOptions {
  private static final Duration KEPT = Duration.ofDays(7);
  private static final int DNS_PORT = 53;
  private static final int TOP = 200;
  private static final Pattern PLACE =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+))(?::([0-9]{1,5}))?|([0-9a-fA-F:.]+)");

  @Option(
      names = "--resolve",
      description = "Ask the DNS for the names of servers that nothing names (sends packets).")
  private boolean resolve;

  @Option(
      names = "--resolve-top",
      paramLabel = "N",
      description = "With --resolve: the largest of these servers, at most (default: " + TOP + ").")
  private @Nullable Integer top;

  @Option(
      names = "--resolver",
      paramLabel = "ADDR:PORT",
      description = "With --resolve: the resolver to ask (default: this system's).")
  private @Nullable String resolver;

  @Option(
      names = "--resolve-local",
      description = "With --resolver: ask for addresses of local networks, too.")
  private boolean local;

  /** Whether lookups are asked for; finds out early what is wrong with these options. */
  public boolean isAsked() {
    if (!resolve && (resolver != null || local || top != null)) {
      throw new IllegalArgumentException(
          "--resolver, --resolve-local and --resolve-top say how: give --resolve");
    }
    if (local && resolver == null) {
      throw new IllegalArgumentException(
          "--resolve-local: name the resolver of that network by --resolver ADDR:PORT");
    }
    if (top != null && top < 1) {
      throw new IllegalArgumentException("--resolve-top " + top + ": give a number of 1 or more");
    }
    var unused = server();
    return resolve;
  }

  private @Nullable InetSocketAddress server() {
    return resolver == null ? null : server(resolver);
  }

  /** Reads {@code 192.0.2.1:53}, {@code [2001:db8::1]:53}, or an address alone. */
  static InetSocketAddress server(String word) {
    Matcher place = PLACE.matcher(word);
    boolean matches = place.matches();
    String port = matches ? place.group(3) : null;
    int number = port == null ? DNS_PORT : Integer.parseInt(port);
    String address =
        !matches
            ? ""
            : place.group(1) != null
                ? place.group(1)
                : place.group(2) != null ? place.group(2) : place.group(4);
    if (Addresses.parse(address) == null || number < 1 || number > 65_535) {
      throw new IllegalArgumentException(
          "--resolver " + word + ": give an address and a port like 192.0.2.1:53");
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(address), number);
    } catch (IOException e) {
      throw new IllegalArgumentException("--resolver " + word + ": no such address", e);
    }
  }

  /** Looks names up, after the analysis is finished; says in one line what came of it. */
  public void run(Analysis analysis, Clock clock, Consumer<String> says)
      throws IOException, InterruptedException {
    if (!resolve) {
      return;
    }
    Instant now = clock.instant();
    NamelessServers wanted =
        new NamelessServers(top == null ? TOP : top, nanos(now.minus(KEPT)), local);
    ReverseLookups lookups = new ReverseLookups(server(), Limits.DEFAULT);
    Analysis.Resolved resolved = analysis.resolve(wanted, lookups, nanos(now));
    says.accept(
        "looked up %s: %d named, %d without a name, %d not answered"
            .formatted(
                Figures.count(resolved.asked(), "server"),
                resolved.named(),
                resolved.nameless(),
                resolved.asked() - resolved.named() - resolved.nameless()));
  }

  private static long nanos(Instant time) {
    return ChronoUnit.NANOS.between(Instant.EPOCH, time);
  }
}
