package imon.analysis.reverse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import imon.analysis.reverse.ReverseLookups.Limits;
import imon.name.ReverseAnswer;
import imon.testing.LoopbackResolver;
import imon.wire.Addresses;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReverseLookupsTest {
  private static final Limits PATIENT = new Limits(Duration.ofMinutes(1), Duration.ofMinutes(2), 4);
  private static final Limits HASTY = new Limits(Duration.ofMillis(200), Duration.ofMinutes(1), 32);

  private LoopbackResolver resolver;

  @BeforeEach
  void listen() throws IOException {
    resolver = new LoopbackResolver();
  }

  @AfterEach
  void close() {
    resolver.close();
  }

  private List<String> lookUp(Limits limits, String... addresses) throws InterruptedException {
    List<Addresses.Words> words =
        Stream.of(addresses).map(ip -> Objects.requireNonNull(Addresses.parse(ip))).toList();
    return new ReverseLookups(resolver.place(), limits)
        .of(words).stream().map(ReverseLookupsTest::text).toList();
  }

  private static String text(ReverseAnswer answer) {
    return Addresses.text(answer.address().high(), answer.address().low()) + " " + answer.name();
  }

  @Test
  void addressesHaveNamesOrNone() throws Exception {
    resolver.says("192.0.2.1", "WWW.Example.com").says("2001:db8::1", "six.example.com");
    resolver.says("192.0.2.3").says("192.0.2.4", "localhost").says("192.0.2.5", "b.net", "a.net");
    assertEquals(
        List.of(
            "192.0.2.1 www.example.com",
            "2001:db8::1 six.example.com",
            "192.0.2.2 null",
            "192.0.2.3 null",
            "192.0.2.4 null",
            "192.0.2.5 a.net"),
        lookUp(
            PATIENT,
            "192.0.2.1",
            "2001:db8::1",
            "192.0.2.2",
            "192.0.2.3",
            "192.0.2.4",
            "192.0.2.5"));
  }

  @Test
  void silenceGarbageAndRefusalsAreNoAnswers() throws Exception {
    resolver.says("192.0.2.1", LoopbackResolver.SILENCE);
    resolver.says("192.0.2.2", LoopbackResolver.GARBAGE);
    resolver.says("192.0.2.3", LoopbackResolver.REFUSED);
    assertEquals(List.of(), lookUp(HASTY, "192.0.2.1", "192.0.2.2", "192.0.2.3"));
    assertTrue(resolver.askedFor("192.0.2.1") > 0 && resolver.askedFor("192.0.2.2") > 0);
  }

  @Test
  void moreThanAreAskedAtOnceAreAllAnswered() throws Exception {
    String[] addresses =
        IntStream.range(0, 100).mapToObj(i -> "198.51.100." + i).toArray(String[]::new);
    for (String address : addresses) {
      resolver.says(address, "h" + address.replace('.', '-') + ".example.com");
    }
    assertEquals(100, lookUp(PATIENT, addresses).size());
  }

  @Test
  void theTimeForAllIsAnEnd() throws Exception {
    resolver.says("192.0.2.1", LoopbackResolver.SILENCE).says("192.0.2.2", "www.example.com");
    Limits none = new Limits(Duration.ofMinutes(1), Duration.ofMillis(100), 1);
    assertEquals(List.of(), lookUp(none, "192.0.2.1", "192.0.2.2"));
    assertEquals(0, resolver.askedFor("192.0.2.2"));
  }
}
