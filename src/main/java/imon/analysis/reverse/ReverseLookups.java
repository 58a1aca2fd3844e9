package imon.analysis.reverse;

import imon.name.AddressNames;
import imon.name.ReverseAnswer;
import imon.wire.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Message;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Asks a resolver for the names of addresses, several at once and for a limited time. */
public final class ReverseLookups {
  private final Resolver resolver;
  private final Limits limits;

  /**
   * How long to wait, and for how many.
   *
   * @param each for one lookup
   * @param all for all of them; what has no answer by then has none
   * @param atOnce lookups under way, at most
   */
  public record Limits(Duration each, Duration all, int atOnce) {
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(2), Duration.ofSeconds(20), 32);
  }

  /**
   * Prepares lookups; nothing is sent yet.
   *
   * @param server the resolver to ask, or null for those of this system
   */
  public ReverseLookups(@Nullable InetSocketAddress server, Limits limits) {
    this.limits = limits;
    resolver = server == null ? new ExtendedResolver() : new SimpleResolver(server);
    resolver.setTimeout(limits.each());
  }

  /**
   * What was answered, in the order of the addresses; those without an answer are left out: a
   * silent server, a damaged message, a refusal.
   */
  public List<ReverseAnswer> of(List<Addresses.Words> addresses) throws InterruptedException {
    long end = System.nanoTime() + limits.all().toNanos();
    Semaphore free = new Semaphore(limits.atOnce());
    List<CompletableFuture<Optional<ReverseAnswer>>> asked = new ArrayList<>();
    for (Addresses.Words address : addresses) {
      if (!free.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        break;
      }
      asked.add(ask(address).whenComplete((answer, failure) -> free.release()));
    }
    List<ReverseAnswer> answers = new ArrayList<>();
    for (CompletableFuture<Optional<ReverseAnswer>> lookup : asked) {
      answer(lookup, end - System.nanoTime()).ifPresent(answers::add);
    }
    return answers;
  }

  private CompletableFuture<Optional<ReverseAnswer>> ask(Addresses.Words address) {
    Record question = Record.newRecord(ReverseMap.fromAddress(inet(address)), Type.PTR, DClass.IN);
    return resolver
        .sendAsync(Message.newQuery(question))
        .toCompletableFuture()
        .orTimeout(limits.each().toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(message -> read(address, message));
  }

  private static InetAddress inet(Addresses.Words address) {
    try {
      return InetAddress.getByName(Addresses.text(address.high(), address.low()));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address is not looked up", e);
    }
  }

  /** No answer in time, or none that can be read, is as good as silence. */
  private static Optional<ReverseAnswer> answer(
      CompletableFuture<Optional<ReverseAnswer>> lookup, long nanos) throws InterruptedException {
    try {
      return lookup.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  /** Of several names the first in their order, so that the order of records decides nothing. */
  private static Optional<ReverseAnswer> read(Addresses.Words address, Message message) {
    int code = message.getRcode();
    if (code == Rcode.NXDOMAIN) {
      return Optional.of(new ReverseAnswer(address, null));
    }
    if (code != Rcode.NOERROR) {
      return Optional.empty();
    }
    String name =
        message.getSection(Section.ANSWER).stream()
            .filter(PTRRecord.class::isInstance)
            .map(answer -> ((PTRRecord) answer).getTarget().toString(true))
            .flatMap(text -> normal(address, text).stream())
            .sorted()
            .findFirst()
            .orElse(null);
    return Optional.of(new ReverseAnswer(address, name));
  }

  private static Optional<String> normal(Addresses.Words address, String text) {
    AddressNames names = new AddressNames();
    names.add(address.high(), address.low(), text);
    return names.entries().stream().map(AddressNames.Entry::name).findFirst();
  }
}
