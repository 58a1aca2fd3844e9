package imon.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imon.name.Evidence;
import imon.store.ask.Questions.Site;
import imon.store.ask.Selection;
import imon.store.ask.SiteQuestions;
import imon.store.ask.UnknownName;
import imon.testing.LongTest;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sites and hosts the names stand for that a user asks about. */
class NamesAskedForTest {
  @TempDir private static Path folder;
  private static StoreFile store;

  @BeforeAll
  static void keep() throws StoreException {
    store = Facts.store(folder.resolve("imon.db"), NamesAskedForTest::fill);
  }

  private static void fill(Facts facts) throws StoreException {
    List<String> hosts =
        List.of("example.com", "www.example.com", "www.xn--bcher-kva.de", "cdn.example.net");
    for (String host : hosts) {
      long packet = 1L + hosts.indexOf(host);
      facts.flow(packet, Facts.LATER + packet, "10.0.0.1", "203.0.113.1");
      facts.evidence(packet, Evidence.TLS, host, packet);
    }
  }

  private static SiteQuestions ask(Database database, String... names) throws StoreException {
    return new SiteQuestions(database, Selection.all(true), List.of(names), false, ZoneOffset.UTC);
  }

  private static List<String> known(String... names) throws StoreException {
    return store.read(database -> ask(database, names).known());
  }

  /** Each name of the answer with its connections, by name. */
  private static List<String> sites(String... names) throws StoreException {
    return store.read(
        database ->
            ask(database, names).sites(10).stream()
                .map(site -> site.name() + " " + site.traffic().connections())
                .sorted()
                .toList());
  }

  @Test
  void namesAreKnownInTheOrderTheyWereAskedEachOnce() throws StoreException {
    assertEquals(
        List.of("www.example.com", "example.com", "xn--bcher-kva.de"),
        known("www.example.com", "EXAMPLE.com.", "zzz.org", "example.com", "B\u00fccher.de"));
  }

  @Test
  void namesOfNoFlowAreToldInTheOrderTheyWereAsked() throws StoreException {
    List<UnknownName> unknown =
        store.read(database -> ask(database, "zzz.org", "example.com", "aaa.org").unknown());
    assertEquals(List.of("zzz.org", "aaa.org"), unknown.stream().map(UnknownName::name).toList());
  }

  @LongTest
  @ParameterizedTest
  @ValueSource(ints = {1, 11, 12})
  void hostsAndClientsAreAsManyAsAskedFor(int most) throws StoreException {
    StoreFile busy =
        Facts.store(folder.resolve(most + ".db"), NamesAskedForTest::fillTwelveClientsAndHosts);
    Site site = busy.read(database -> ask(database, "example.org").sites(most).get(0));
    assertEquals(most, site.hosts().size());
    assertEquals(most, site.clients().size());
    assertEquals(2, site.evidence().size());
  }

  private static void fillTwelveClientsAndHosts(Facts facts) throws StoreException {
    for (int i = 1; i <= 12; i++) {
      facts.flow(i, Facts.LATER + i, "10.0.0." + i, "203.0.113.1");
      facts.evidence(i, i == 1 ? Evidence.HTTP : Evidence.TLS, "h%d.example.org".formatted(i), i);
    }
  }

  @Test
  void aNameOfASiteAndOfAHostIsTheSite() throws StoreException {
    assertEquals(List.of("example.com 2"), sites("example.com"));
  }

  @Test
  void aNameOfAHostAloneIsThatHost() throws StoreException {
    assertEquals(List.of("www.example.com 1"), sites("www.example.com"));
    assertEquals(
        List.of("cdn.example.net 1", "www.example.com 1"),
        sites("www.example.com", "cdn.example.net"));
  }
}
